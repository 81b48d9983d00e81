package dev.leat.launcher;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts everything in one process and says where it is. */
@Command(name = "up", mixinStandardHelpOptions = true, versionProvider = Version.class, description = "Starts everything: broker, schema registry, API, worker and projector, all on loopback.")
final class UpCommand implements Callable<Integer> {

    @Mixin
    private UpOptions options = new UpOptions();

    @Override
    public Integer call() throws InterruptedException {
        long began = System.nanoTime();
        AllInOne leat = options.start();
        ShutdownSignal shutdown = ShutdownSignal.closing(leat, leat.fault());
        System.out.printf("""

                Leat is ready at %s (after %.1f s)

                  Dashboard        %s/
                  API              %s/api/v1/jobs
                  API description  %s/api/docs
                  Kafka            %s
                  Schema registry  %s
                  Data             %s

                Stop it with Ctrl-C; every job is still there at the next start.
                """, leat.url(), (System.nanoTime() - began) / 1e9, leat.url(), leat.url(), leat.url(),
                leat.bootstrapServers(), leat.registryUrl(), options.data());
        return shutdown.await();
    }
}
