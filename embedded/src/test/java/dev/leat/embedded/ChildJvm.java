package dev.leat.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM with this one's class path that a test may kill. Its main class says that it is ready, and where. */
record ChildJvm(Process process, BufferedReader output) implements AutoCloseable {

    private static final String READY = "ready ";

    static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new ChildJvm(process, process.inputReader());
    }

    /** For the child: tells the parent and goes on until it is killed. */
    static void sayReady(String where) throws InterruptedException {
        System.out.println(READY + where);
        Thread.currentThread().join();
    }

    /** What the child said it is ready with. */
    String awaitReady() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                return line.substring(READY.length());
            }
            lines.add(line);
        }
        throw new AssertionError("Expected the child to say that it is ready, but it ended after " + lines);
    }

    /** Kills it with signal 9 where it is alive, and waits for its end. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() throws IOException {
        kill();
        output.close();
    }
}
