package dev.leat.plugins.site.output;

import dev.leat.plugins.site.path.RefusedException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * The HTML of sections, rendered by jobs of their own. A fragment is named for the hash of what it was made of, so one
 * that is found is never out of date, and jobs that render the same write the same. No lock is needed.
 */
public final class FragmentStore {

    private static final int MOST_BYTES = 64 << 20;

    private final SmallFiles files;

    private FragmentStore(SmallFiles files) {
        this.files = files;
    }

    /** The fragments for an output. */
    public static FragmentStore of(Output output) {
        return new FragmentStore(new SmallFiles(output.builds().resolve("fragments"), MOST_BYTES));
    }

    /** Keeps a fragment for a week. */
    public void put(String hash, String html) throws IOException {
        files.write(name(hash), html);
    }

    /** The fragment, if it has been rendered. */
    public Optional<String> get(String hash) throws RefusedException, IOException {
        return files.read(name(hash));
    }

    void forget(Instant before) throws IOException {
        files.forget(before);
    }

    private static String name(String hash) {
        return hash + ".html";
    }
}
