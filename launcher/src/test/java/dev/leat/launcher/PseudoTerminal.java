package dev.leat.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@code leat} command on a terminal, as {@code script} of util-linux makes one. Closing it ends the process. */
final class PseudoTerminal implements AutoCloseable {

    private static final Path SCRIPT = Path.of("/usr/bin/script");

    private final Process process;
    /** Thread-safe: one thread writes what another looks at. */
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private PseudoTerminal(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::read);
    }

    /** Whether this machine has {@code script}. */
    static boolean isThere() {
        return Files.isExecutable(SCRIPT);
    }

    static PseudoTerminal run(List<String> arguments) throws IOException {
        String command = "stty cols 100 rows 30; exec %s -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp %s %s %s"
                .formatted(Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        Leat.class.getName(), String.join(" ", arguments));
        ProcessBuilder script = new ProcessBuilder(SCRIPT.toString(), "-qefc", command, "/dev/null");
        script.environment().put("TERM", "xterm-256color");
        script.environment().remove("NO_COLOR");
        return new PseudoTerminal(script.redirectErrorStream(true).start());
    }

    private void read() {
        try (InputStream out = process.getInputStream()) {
            out.transferTo(shown);
        } catch (IOException ended) {
            shown.writeBytes(String.valueOf(ended.getMessage()).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** All that was written to the terminal, with its escape sequences. */
    String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    /** Types a key. */
    void type(char key) throws IOException {
        process.getOutputStream().write(key);
        process.getOutputStream().flush();
    }

    /** Waits for the end of the command, with its exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("Expected the command to end, but it shows:\n" + shown());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
