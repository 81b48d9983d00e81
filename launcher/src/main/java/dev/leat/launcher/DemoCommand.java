package dev.leat.launcher;

import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import dev.leat.cli.CommandFailedException;
import dev.leat.cli.DemoJobs;
import dev.leat.cli.Exit;

/** Starts everything, shows one job of each type of the demo plugin run, and says what to try next. */
@Command(name = "demo", mixinStandardHelpOptions = true, versionProvider = Version.class, description = "Starts everything as 'up' does, submits one job of each demo type and shows them finish.")
final class DemoCommand implements Callable<Integer> {

    /** Read by logback.xml: what goes right is not told, as it would stand between the lines that are drawn. */
    private static final String LOG_LEVEL = "leat.log.level";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private UpOptions options = new UpOptions();

    @Option(names = "--exit", description = "End when the jobs have, instead of going on until Ctrl-C.")
    private boolean exit;

    @Override
    public Integer call() throws InterruptedException {
        System.setProperty(LOG_LEVEL, "ERROR");
        CommandLine command = spec.commandLine();
        say("Starting Kafka, a schema registry, the API, a worker and the projector in one process …");
        long began = System.nanoTime();
        AllInOne leat = options.start();
        if (exit) {
            try (leat) {
                return jobs(leat, command, began).code();
            }
        }
        ShutdownSignal shutdown = ShutdownSignal.closing(leat, leat.fault());
        Exit how = jobs(leat, command, began);
        if (how == Exit.OK) {
            next(leat);
        }
        return how == Exit.OK ? shutdown.await() : ExitCode.SOFTWARE;
    }

    private Exit jobs(AllInOne leat, CommandLine command, long began) throws InterruptedException {
        say("Leat is ready at %s (after %.1f s). One job of each type of the demo plugin:%n"
                .formatted(leat.url(), (System.nanoTime() - began) / 1e9));
        try {
            return DemoJobs.run(leat.url(), command);
        } catch (CommandFailedException failure) {
            command.getErr().println("leat: " + failure.getMessage());
            return failure.exit();
        }
    }

    private void next(AllInOne leat) {
        String server = leat.url().getPort() == Role.API.port() ? "" : " --server " + leat.url();
        say("""

                All of them are facts in Kafka now. Try next, in another terminal:

                  ./leat submit demo:prime limit=100000 --watch%1$s
                  ./leat list%1$s
                  ./leat top%1$s
                  ./leat types%1$s

                or open %2$s in a browser. Stop Leat with Ctrl-C; every job is still there at the next start."""
                .formatted(server, leat.url()));
    }

    private void say(String text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }
}
