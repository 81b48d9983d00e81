package dev.leat.domain;

/**
 * Names one worker process, from its start to its end.
 */
public record WorkerId(String value) {

    @Override
    public String toString() {
        return value;
    }
}
