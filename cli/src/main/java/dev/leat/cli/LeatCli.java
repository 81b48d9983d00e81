package dev.leat.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The commands of users alone, without anything that starts a service: a process that is there at once, as only a few classes
 * are loaded. {@code ./leat} starts it for these commands; {@code java -jar leat.jar} has the same commands besides its own.
 */
@Command(name = "leat", mixinStandardHelpOptions = true, description = "Background jobs on Kafka.", subcommands = LeatCli.Plugin.class)
public final class LeatCli implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What operators say to one plugin. */
    @Command(name = "plugin", description = "Pauses, resumes or limits a plugin.")
    static final class Plugin implements Runnable {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "Expected what to do, such as 'pause', but got nothing");
        }
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return UserCommands.addTo(new CommandLine(new LeatCli())).addSubcommand(new RehearseCommand());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Expected a command, but got none");
    }
}
