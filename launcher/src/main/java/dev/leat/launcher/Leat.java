package dev.leat.launcher;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

import dev.leat.cli.UserCommands;
import dev.leat.embedded.DataDirectoryInUseException;
import dev.leat.embedded.PortTakenException;
import dev.leat.runtime.kafka.BrokerUnavailableException;
import dev.leat.runtime.kafka.TopicSetupException;
import dev.leat.runtime.settings.SettingsException;

/** Entry point of the {@code leat} command. */
@Command(name = "leat", mixinStandardHelpOptions = true, versionProvider = Version.class, description = "Background jobs on Kafka.", subcommands = {
        UpCommand.class, DemoCommand.class, RoleCommand.Api.class, RoleCommand.Worker.class,
        RoleCommand.Projector.class,
        PluginCommand.class, TrainCommand.class})
public final class Leat implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs the command and ends the process: 0 done, 1 failed, 2 used or configured wrongly. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return UserCommands.addTo(new CommandLine(new Leat())).setExecutionExceptionHandler(Leat::explain);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Expected a command, but got none");
    }

    /** What the user can mend is said in a sentence; anything else keeps its stack trace. */
    private static int explain(Exception failure, CommandLine commandLine, ParseResult parsed) {
        return switch (failure) {
            case SettingsException wrong -> fail(commandLine, wrong, ExitCode.USAGE);
            case StartFailedException wrong -> fail(commandLine, wrong, ExitCode.SOFTWARE);
            case PortTakenException taken -> fail(commandLine, taken, ExitCode.SOFTWARE);
            case DataDirectoryInUseException used -> fail(commandLine, used, ExitCode.SOFTWARE);
            case BrokerUnavailableException away -> fail(commandLine, away, ExitCode.SOFTWARE);
            case TopicSetupException unfit -> fail(commandLine, unfit, ExitCode.SOFTWARE);
            default -> {
                failure.printStackTrace(commandLine.getErr());
                yield ExitCode.SOFTWARE;
            }
        };
    }

    private static int fail(CommandLine commandLine, Exception failure, int exitCode) {
        commandLine.getErr().println(commandLine.getColorScheme().errorText("leat: " + failure.getMessage()));
        return exitCode;
    }
}
