package dev.leat.worker.bundle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides from one look into the folder to the next which bundles are to be loaded, again or for the first time, and
 * which are gone. What changes between two looks is left alone until it does not: a jar that is being copied is not
 * loaded by halves, and one that is deleted to be replaced is not gone.
 *
 * <p>Pure. For one thread.
 */
final class FolderChanges {

    /**
     * What is to be done.
     *
     * @param load as they are now; each is handed out once, until its files change or {@link #tryAgain} is called
     * @param gone their names
     */
    record Due(List<BundleFiles> load, Set<String> gone) {

        boolean isNothing() {
            return load.isEmpty() && gone.isEmpty();
        }
    }

    private Map<String, BundleFiles> last = Map.of();
    private final Map<String, BundleFiles> handedOut = new HashMap<>();

    /** The first look: all of it is due at once, for a start does not wait. */
    Due first(List<BundleFiles> look) {
        last = byName(look);
        return next(look);
    }

    /** A later look, after long enough for a copying process to have got on. */
    Due next(List<BundleFiles> look) {
        Map<String, BundleFiles> now = byName(look);
        List<BundleFiles> load = new ArrayList<>();
        for (BundleFiles files : look) {
            boolean settled = files.equals(last.get(files.name()));
            if (settled && !files.equals(handedOut.get(files.name()))) {
                load.add(files);
                handedOut.put(files.name(), files);
            }
        }
        Set<String> gone = handedOut.keySet()
                .stream()
                .filter(name -> !now.containsKey(name) && !last.containsKey(name))
                .collect(Collectors.toUnmodifiableSet());
        handedOut.keySet().removeAll(gone);
        last = now;
        return new Due(List.copyOf(load), gone);
    }

    /** Makes a bundle due that has not changed, if it is still there. */
    void tryAgain(String name) {
        handedOut.remove(name);
    }

    private static Map<String, BundleFiles> byName(List<BundleFiles> look) {
        return look.stream().collect(Collectors.toMap(BundleFiles::name, files -> files));
    }
}
