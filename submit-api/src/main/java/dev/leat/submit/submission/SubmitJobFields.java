package dev.leat.submit.submission;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectReader;

import dev.leat.domain.Backoff;
import dev.leat.domain.JobPolicy;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Terms;

/** What has been read of the fields of a submission, or of the job in a larger body. For one thread. */
public final class SubmitJobFields {

    static final List<String> NAMES = List.of("type", "params", "priority", "tags", "delay", "runAt", "expiresIn",
            "deadline", "timeout", "maxAttempts", "backoff", "retention", "unique", "uniqueKey");

    /** Those of a job that is submitted again and again: when and in whose place, others say. */
    public static final List<String> OF_TEMPLATE = List.of("type", "params", "priority", "tags", "timeout",
            "maxAttempts", "backoff", "retention");

    /** Those that a job that is submitted again can have of its own. */
    static final List<String> OF_RETRY = NAMES.stream()
            .filter(name -> !List.of("type", "unique", "uniqueKey").contains(name))
            .toList();

    private static final String PARAMS = "params:";
    /** A key that was made from params. */
    private static final Pattern OF_PARAMS = Pattern.compile(PARAMS + "[0-9a-f]{64}");
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final FieldReader reader;
    private final ObjectReader paramsReader;
    private final String base;
    private Optional<String> type = Optional.empty();
    private Json params = new Json("{}");
    private Optional<Lane> priority = Optional.empty();
    private final Set<String> tags = new LinkedHashSet<>();
    private Optional<Duration> delay = Optional.empty();
    private Optional<Instant> runAt = Optional.empty();
    private Optional<Duration> expiresIn = Optional.empty();
    private Optional<Duration> deadline = Optional.empty();
    private Optional<Duration> timeout = Optional.empty();
    private Optional<Integer> maxAttempts = Optional.empty();
    private Optional<Backoff> backoff = Optional.empty();
    private Optional<Duration> retention = Optional.empty();
    private Optional<Boolean> unique = Optional.empty();
    private Optional<String> uniqueKey = Optional.empty();

    /**
     * @param paramsReader stops at the end of what it reads
     * @param base the JSON pointer of the job in the body, empty for the whole of it
     */
    public SubmitJobFields(FieldReader reader, ObjectReader paramsReader, String base) {
        this.reader = reader;
        this.paramsReader = paramsReader;
        this.base = base;
    }

    /**
     * The fields of a whole body that says in what a job is to be other than one that there was.
     *
     * @param like without times; what is not read is as it is there
     */
    static SubmitJobFields like(SubmitJob like, FieldReader reader, ObjectReader paramsReader) {
        SubmitJobFields fields = new SubmitJobFields(reader, paramsReader, "");
        fields.type = Optional.of(like.type());
        fields.params = like.params();
        fields.priority = like.priority();
        fields.tags.addAll(like.tags());
        fields.timeout = like.policy().timeout();
        fields.maxAttempts = like.policy().maxAttempts();
        fields.backoff = like.policy().backoff();
        fields.retention = like.policy().retention();
        fields.unique = like.uniqueKey().map(key -> OF_PARAMS.matcher(key).matches()).filter(Boolean::booleanValue);
        fields.uniqueKey = like.uniqueKey().filter(_ -> fields.unique.isEmpty());
        return fields;
    }

    /** Reads the value that the parser stands on. */
    public void read(String name) throws IOException {
        String pointer = base + "/" + name;
        switch (name) {
            case "type" -> type = reader.text(pointer, "a text such as \"demo:prime\"");
            case "params" -> params(pointer);
            case "priority" -> priority(pointer);
            case "tags" -> tags(pointer);
            case "delay" -> delay = reader.duration(pointer, Duration.ZERO, Timing.FARTHEST);
            case "runAt" -> runAt = reader.time(pointer);
            case "expiresIn" -> expiresIn = reader.duration(pointer, SHORTEST, Timing.FARTHEST);
            case "deadline" -> deadline = reader.duration(pointer, SHORTEST, Timing.FARTHEST);
            case "timeout" -> timeout = reader.duration(pointer, SHORTEST, JobPolicy.LONGEST_TIMEOUT);
            case "maxAttempts" -> maxAttempts = reader.wholeNumber(pointer, 1, JobPolicy.MOST_ATTEMPTS);
            case "backoff" -> backoff = BackoffFields.read(reader, pointer);
            case "retention" ->
                retention = reader.duration(pointer, Duration.ZERO, JobPolicy.LONGEST_RETENTION);
            case "unique" -> unique = reader.flag(pointer);
            default -> uniqueKey = reader.label(pointer, Terms.MAX_KEY);
        }
    }

    /** Notes what is wrong with the fields together. */
    public void check() {
        if (type.isEmpty() && reader.errors().stream().noneMatch(error -> error.pointer().equals(base + "/type"))) {
            reader.error(base + "/type", "Expected the job type, but the field is missing");
        }
        if (delay.isPresent() && runAt.isPresent()) {
            reader.error(base + "/runAt", "Expected either delay or runAt, but got both");
        }
        if (unique.isPresent() && uniqueKey.isPresent()) {
            reader.error(base + "/uniqueKey", "Expected either unique or uniqueKey, but got both");
        }
    }

    /** What they say, if nothing is wrong. */
    public SubmitJob result(Optional<Terms.Idempotency> idempotency) {
        return new SubmitJob(type.orElseThrow(), params, priority, List.copyOf(tags),
                new PolicyOverrides(maxAttempts, backoff, timeout, retention),
                new Timing(delay, runAt, expiresIn, deadline), key(), idempotency);
    }

    private Optional<String> key() {
        return unique.orElse(false)
                ? Optional.of(PARAMS + CanonicalJson.of(params.value()).sha256Under(type.orElseThrow()))
                : uniqueKey;
    }

    private void params(String pointer) throws IOException {
        if (!reader.isAt(JsonToken.START_OBJECT)) {
            reader.wrong(pointer, "an object");
            return;
        }
        params = paramsReader.readValue(reader.parser());
        if (FieldReader.hasLoneSurrogate(params.value())) {
            reader.error(pointer, "Expected text in Unicode, but got half of a surrogate pair");
        }
    }

    private void priority(String pointer) throws IOException {
        String lanes = Arrays.stream(Lane.values()).map(Lane::wireName).collect(Collectors.joining(", "));
        reader.text(pointer, "one of " + lanes).ifPresent(name -> {
            priority = Arrays.stream(Lane.values()).filter(lane -> lane.wireName().equals(name)).findFirst();
            if (priority.isEmpty()) {
                reader.error(pointer,
                        "Expected one of " + lanes + ", but got '" + FieldReader.excerpt(name) + "'");
            }
        });
    }

    private void tags(String pointer) throws IOException {
        if (!reader.isAt(JsonToken.START_ARRAY)) {
            reader.wrong(pointer, "a list of texts");
            return;
        }
        tags.clear();
        int count = 0;
        while (reader.parser().nextToken() != JsonToken.END_ARRAY) {
            reader.label(pointer + "/" + count, SubmitJob.MAX_TAG_LENGTH).ifPresent(tags::add);
            count++;
        }
        if (count > SubmitJob.MAX_TAGS) {
            reader.error(pointer, "Expected at most " + SubmitJob.MAX_TAGS + " tags, but got " + count);
        }
    }
}
