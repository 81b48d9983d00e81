package dev.leat.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import dev.leat.domain.ClaimId;
import dev.leat.domain.Fact;

/**
 * What only the simulation can know of leases: both sides at one time. Nobody takes a claim for lost of which its worker
 * is sure, and no handler begins under a claim that was taken for lost.
 */
public final class LeaseTruth {

    private final Map<ClaimId, BooleanSupplier> sure = new HashMap<>();
    private final Set<ClaimId> takenForLost = new HashSet<>();
    private final List<String> violations = new ArrayList<>();

    /**
     * A worker begins to claim.
     *
     * @param isSure whether the worker lives and the term of the claim holds
     */
    public void claims(ClaimId claim, BooleanSupplier isSure) {
        sure.put(claim, isSure);
    }

    /** A worker says itself that it does not run the claim. */
    public void givesUp(ClaimId claim) {
        sure.remove(claim);
    }

    /** A projector decides about a job. */
    public void decided(Fact decision) {
        if (decision instanceof Fact.LeaseExpired || decision instanceof Fact.ClaimDoubted) {
            ClaimId claim = ((Fact.FactOfClaim) decision).claim();
            takenForLost.add(claim);
            if (sure.getOrDefault(claim, () -> false).getAsBoolean()) {
                violations.add("LeaseTruth: Expected no decision about a claim of which its worker is sure, but got "
                        + decision);
            }
        }
    }

    /** A handler begins. */
    public void begins(ClaimId claim) {
        if (takenForLost.contains(claim)) {
            violations.add("LeaseTruth: Expected no handler to begin under a claim that was taken for lost, but one did"
                    + " under " + claim);
        }
    }

    List<String> violations() {
        return List.copyOf(violations);
    }
}
