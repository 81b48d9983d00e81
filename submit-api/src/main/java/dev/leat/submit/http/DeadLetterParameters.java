package dev.leat.submit.http;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.leat.submit.ApiProblems;
import dev.leat.submit.deadletter.DeadLetterFilter;
import dev.leat.submit.deadletter.DeadLetterId;
import dev.leat.submit.deadletter.DeadLetterPlace;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;

/** Reads and checks the parameters of dead letters, as {@link RequestParameters} does for all. */
final class DeadLetterParameters {

    private static final Pattern REASON = Pattern.compile("[a-z0-9-]{1,100}");
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final Set<String> LIST = Set.of("reason", "topic", "plugin", "limit", "cursor");
    private static final Set<String> ONE = Set.of("again");
    private static final Set<String> SET = Set.of("reason", "topic", "plugin", "again", "dryRun");

    private DeadLetterParameters() {}

    /**
     * Which dead letters to send back, as the body says it.
     *
     * @param again also those that were sent back before; {@code false} where it is missing
     * @param dryRun whether to count only; {@code false} where it is missing
     */
    @Introspected
    record Redrive(Optional<String> reason, Optional<String> topic, Optional<String> plugin, Optional<Boolean> again,
            Optional<Boolean> dryRun) {

        DeadLetterFilter filter() {
            return checked(reason, topic, plugin);
        }
    }

    /** Which page of which list. */
    record List(DeadLetterFilter filter, Optional<DeadLetterPlace> cursor, int limit) {}

    static DeadLetterId id(String text) {
        try {
            return DeadLetterId.parse(text);
        } catch (IllegalArgumentException e) {
            throw ApiProblems.invalidParameter("id", String.valueOf(e.getMessage()));
        }
    }

    static List list(HttpRequest<?> request) {
        HttpParameters given = RequestParameters.only(LIST, request);
        return new List(filter(given), RequestParameters.single(given, "cursor").map(DeadLetterParameters::cursor),
                RequestParameters.limit(given));
    }

    /** Whether to send one back that was sent back before. */
    static boolean again(HttpRequest<?> request) {
        return flag(RequestParameters.only(ONE, request), "again").orElse(false);
    }

    /** Each part from the query or from the body, not from both. */
    static Redrive redrive(HttpRequest<?> request, Optional<Redrive> body) {
        HttpParameters given = RequestParameters.only(SET, request);
        return new Redrive(once("reason", RequestParameters.single(given, "reason"), body.flatMap(Redrive::reason)),
                once("topic", RequestParameters.single(given, "topic"), body.flatMap(Redrive::topic)),
                once("plugin", RequestParameters.single(given, "plugin"), body.flatMap(Redrive::plugin)),
                once("again", flag(given, "again"), body.flatMap(Redrive::again)),
                once("dryRun", flag(given, "dryRun"), body.flatMap(Redrive::dryRun)));
    }

    private static <T> Optional<T> once(String name, Optional<T> inQuery, Optional<T> inBody) {
        if (inQuery.isPresent() && inBody.isPresent()) {
            throw ApiProblems.invalidParameter(name,
                    "Expected " + name + " once, but got it in the query and in the body");
        }
        return inQuery.or(() -> inBody);
    }

    private static DeadLetterFilter filter(HttpParameters given) {
        return checked(RequestParameters.single(given, "reason"), RequestParameters.single(given, "topic"),
                RequestParameters.single(given, "plugin"));
    }

    private static DeadLetterFilter checked(Optional<String> reason, Optional<String> topic, Optional<String> plugin) {
        return new DeadLetterFilter(
                reason.map(text -> matching(REASON, "reason", "1 to 100 lower-case letters, digits and dashes", text)),
                topic.map(text -> matching(TOPIC, "topic", "the name of a topic", text)),
                plugin.map(RequestParameters::plugin));
    }

    private static String matching(Pattern form, String name, String expected, String text) {
        if (!form.matcher(text).matches()) {
            throw RequestParameters.wrong(name, expected, text);
        }
        return text;
    }

    private static DeadLetterPlace cursor(String text) {
        try {
            return DeadLetterPlace.ofCursor(text);
        } catch (IllegalArgumentException e) {
            throw ApiProblems.invalidParameter("cursor", String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Boolean> flag(HttpParameters given, String name) {
        return RequestParameters.single(given, name).map(text -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw RequestParameters.wrong(name, "true or false", text);
            }
            return Boolean.valueOf(text);
        });
    }
}
