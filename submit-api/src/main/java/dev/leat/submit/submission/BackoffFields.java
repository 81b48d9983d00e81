package dev.leat.submit.submission;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonToken;

import dev.leat.domain.Backoff;

/** Reads how long a job waits between its attempts: a wait that grows, or {@code constant} alone. For one thread. */
final class BackoffFields {

    private static final List<String> FIELDS = List.of("first", "factor", "cap", "jitter", "constant");
    /** As {@link Backoff} has it. */
    private static final int MAX_FACTOR = 100;

    private final FieldReader reader;
    private final String pointer;
    private Optional<Duration> first = Optional.empty();
    private Optional<Double> factor = Optional.empty();
    private Optional<Duration> cap = Optional.empty();
    private Optional<Double> jitter = Optional.empty();
    private Optional<Duration> constant = Optional.empty();
    private int members;

    private BackoffFields(FieldReader reader, String pointer) {
        this.reader = reader;
        this.pointer = pointer;
    }

    /** Reads the object on whose start the parser stands. */
    static Optional<Backoff> read(FieldReader reader, String pointer) throws IOException {
        if (!reader.isAt(JsonToken.START_OBJECT)) {
            reader.wrong(pointer, "an object with " + String.join(", ", FIELDS.subList(0, 4)) + ", or with constant");
            return Optional.empty();
        }
        int errors = reader.errors().size();
        BackoffFields fields = new BackoffFields(reader, pointer);
        reader.members(pointer, FIELDS, fields::field);
        return reader.errors().size() == errors ? fields.result() : Optional.empty();
    }

    private void field(String name) throws IOException {
        String at = pointer + "/" + name;
        members++;
        switch (name) {
            case "first" -> first = wait(at);
            case "factor" -> factor = reader.number(at, 1, MAX_FACTOR);
            case "cap" -> cap = wait(at);
            case "jitter" -> jitter = reader.number(at, 0, 1);
            default -> constant = wait(at);
        }
    }

    private Optional<Duration> wait(String at) throws IOException {
        return reader.duration(at, Duration.ZERO, Backoff.MAX);
    }

    private Optional<Backoff> result() {
        if (constant.isPresent()) {
            if (members > 1) {
                reader.error(pointer, "Expected constant alone, but got other fields with it");
                return Optional.empty();
            }
            return constant.map(Backoff::constant);
        }
        Duration shortest = first.orElse(Backoff.DEFAULT.first());
        Duration longest = cap.orElse(longer(shortest, Backoff.DEFAULT.cap()));
        if (longest.compareTo(shortest) < 0) {
            reader.error(pointer + "/cap", "Expected a cap of at least " + shortest
                    + ", the first wait, but got " + longest);
            return Optional.empty();
        }
        return Optional.of(new Backoff(shortest, factor.orElse(Backoff.DEFAULT.factor()), longest,
                jitter.orElse(Backoff.DEFAULT.jitter())));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
