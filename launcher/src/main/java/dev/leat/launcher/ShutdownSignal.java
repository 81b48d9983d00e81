package dev.leat.launcher;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import picocli.CommandLine.ExitCode;

/**
 * Waits for what ends a process, Ctrl-C, SIGTERM or a fault that only a new start can mend, and holds the process until
 * what runs in it has been closed.
 */
final class ShutdownSignal {

    private final CompletableFuture<Integer> end = new CompletableFuture<>();

    private ShutdownSignal() {}

    /**
     * Begins to wait.
     *
     * @param running closed when the process is told to stop, and when it ends by itself
     * @param fault completes when the process cannot go on
     */
    static ShutdownSignal closing(AutoCloseable running, CompletionStage<Throwable> fault) {
        ShutdownSignal signal = new ShutdownSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            signal.end.complete(ExitCode.OK);
            close(running);
        }, "leat-shutdown"));
        var _ = fault.thenAccept(cause -> {
            System.err.println("leat: Expected to go on running, but: " + cause.getMessage());
            signal.end.complete(ExitCode.SOFTWARE);
        });
        return signal;
    }

    /** Returns when the process is to end, with its exit code. */
    int await() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("Expected an exit code", impossible);
        }
    }

    private static void close(AutoCloseable running) {
        try {
            running.close();
        } catch (Exception failure) {
            System.err.println("leat: Expected an orderly end, but: " + failure);
        }
    }
}
