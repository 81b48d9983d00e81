package dev.leat.domain;

/**
 * JSON text that Leat carries without looking inside: a job's parameters, a job's result. Whoever makes one has
 * checked that it is JSON.
 */
public record Json(String value) {

    @Override
    public String toString() {
        return value;
    }
}
