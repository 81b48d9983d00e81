package dev.leat.e2e;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real process of the {@code leat} command. */
public final class LeatProcess extends JvmProcess {

    private static final int HEAP_OF_EVERYTHING = 512;

    /**
     * Starts nothing yet.
     *
     * @param heapMegabytes how large its heap may become
     * @param arguments what stands behind {@code leat}
     */
    public LeatProcess(Path log, int heapMegabytes, List<String> arguments) {
        super(log, "dev.leat.launcher.Leat", heapMegabytes, arguments);
    }

    /** Starts {@code leat} with these arguments and returns when it says that it is ready. */
    static LeatProcess start(Path folder, String name, String... arguments) throws IOException, InterruptedException {
        LeatProcess process = new LeatProcess(folder.resolve(name + ".log"), HEAP_OF_EVERYTHING, List.of(arguments));
        process.start();
        return process;
    }

    /** Where its HTTP server answers. */
    public URI url() {
        return URI.create(address());
    }

    /** What {@code leat up} printed behind this name. */
    String printed(String name) {
        Matcher line = Pattern.compile("(?m)^ *" + Pattern.quote(name) + " +(\\S+)$").matcher(tail());
        if (!line.find()) {
            throw new AssertionError("Expected a line '" + name + "', but the process wrote:\n" + tail());
        }
        return line.group(1);
    }
}
