package dev.leat.worker.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import dev.leat.domain.ClaimId;

/**
 * The claims that do not count any more, as the projector says. It may say so of a claim before this worker has won it,
 * so the latest ones are remembered. Thread-safe.
 */
final class ClosedClaims {

    private static final int REMEMBERED = 10_000;

    private final Set<ClaimId> latest = Collections.synchronizedSet(Collections.newSetFromMap(new Latest()));

    void add(ClaimId claim) {
        var _ = latest.add(claim);
    }

    boolean contains(ClaimId claim) {
        return latest.contains(claim);
    }

    private static final class Latest extends LinkedHashMap<ClaimId, Boolean> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ClaimId, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }
}
