package dev.leat.domain;

/**
 * Names one claim: one worker's attempt to own one attempt of one job. Facts carry it, so that those of a lost
 * claim can be told apart (fencing).
 */
public record ClaimId(String value) {

    @Override
    public String toString() {
        return value;
    }
}
