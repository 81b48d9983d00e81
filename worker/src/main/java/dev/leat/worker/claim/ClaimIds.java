package dev.leat.worker.claim;

import dev.leat.domain.ClaimId;
import dev.leat.domain.WorkerId;

/** Numbers the claims and tenures of a worker; a worker's id is never used again. For the consumer's thread. */
final class ClaimIds {

    private final WorkerId worker;
    private long claims;
    private long tenures;

    ClaimIds(WorkerId worker) {
        this.worker = worker;
    }

    ClaimId nextClaim() {
        return new ClaimId(worker + "/" + ++claims);
    }

    String nextTenure() {
        return worker + "/" + ++tenures;
    }
}
