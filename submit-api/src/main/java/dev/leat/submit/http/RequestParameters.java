package dev.leat.submit.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.JobView;
import dev.leat.domain.Terms;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchStatus;
import dev.leat.domain.batch.OperationView;
import dev.leat.runtime.http.NameCursor;
import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.submission.FieldReader;
import dev.leat.submit.live.FeedFilter;
import dev.leat.submit.live.LogPosition;
import dev.leat.submit.submission.SubmitJob;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;

/**
 * Reads and checks what comes in the path, the query and the headers of a request. All methods throw a
 * {@link ProblemException} that names the parameter, what is allowed and what came.
 */
final class RequestParameters {

    static final String POSITION_HEADER = "Leat-Position";
    static final String IDEMPOTENCY_KEY_HEADER = "Idempotency-Key";
    static final String LAST_EVENT_ID_HEADER = "Last-Event-ID";

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;
    private static final int MAX_CURSOR = 500;
    private static final Set<String> LIST = Set.of("status", "plugin", "type", "tag", "batch", "limit",
            "cursor");
    private static final List<String> BUCKETS = List.of("PT1M", "PT10S");
    private static final Set<String> HAPPENINGS = Set.of("plugin", "type", "tag", "status", "logs", "lastEventId");
    private static final Set<String> CLEARING = Set.of("status", "plugin", "type", "tag");
    private static final Pattern KEY = Pattern.compile("[\\x20-\\x7e]{1," + Terms.MAX_KEY + "}");

    private RequestParameters() {}

    static JobId jobId(String text) {
        try {
            return JobId.parse(text);
        } catch (IllegalArgumentException e) {
            throw ApiProblems.invalidParameter("id", String.valueOf(e.getMessage()));
        }
    }

    static BatchId batchId(String text) {
        return batchId("id", text);
    }

    private static BatchId batchId(String parameter, String text) {
        try {
            return BatchId.parse(text);
        } catch (IllegalArgumentException e) {
            throw ApiProblems.invalidParameter(parameter, String.valueOf(e.getMessage()));
        }
    }

    /** Which page of batches, as the query for a projector. */
    static String batches(HttpRequest<?> request) {
        return pageOfStatus(Arrays.stream(BatchStatus.values()).map(BatchStatus::wireName).toList(), request);
    }

    /** Which page of a list without filters, as the query for a projector. */
    static String page(HttpRequest<?> request) {
        HttpParameters given = only(Set.of("limit", "cursor"), request);
        return "?" + single(given, "cursor").map(cursor -> pair("cursor", cursor(cursor)) + "&").orElse("")
                + pair("limit", Integer.toString(limit(given)));
    }

    /**
     * Which page of a list that is sorted by names.
     *
     * @param after the name after which it begins
     */
    record NamePage(Optional<String> after, int limit) {}

    static NamePage namePage(HttpRequest<?> request) {
        HttpParameters given = only(Set.of("limit", "cursor"), request);
        try {
            return new NamePage(single(given, "cursor").map(RequestParameters::cursor).map(NameCursor::parse),
                    limit(given));
        } catch (IllegalArgumentException notOurs) {
            throw ApiProblems.invalidParameter("cursor", String.valueOf(notOurs.getMessage()));
        }
    }

    /** Which page of the operations of a batch, as the query for a projector. */
    static String operations(HttpRequest<?> request) {
        List<String> states = new ArrayList<>(List.of(OperationView.WAITING, OperationView.RELEASED));
        Arrays.stream(JobState.values()).filter(JobState::isTerminal).map(JobState::wireName).forEach(states::add);
        states.add(OperationView.SKIPPED);
        return pageOfStatus(states, request);
    }

    private static String pageOfStatus(List<String> states, HttpRequest<?> request) {
        HttpParameters given = only(Set.of("status", "limit", "cursor"), request);
        List<String> query = new ArrayList<>();
        single(given, "status").ifPresent(status -> query.add(pair("status", oneOf(states, status))));
        single(given, "cursor").ifPresent(cursor -> query.add(pair("cursor", cursor(cursor))));
        query.add(pair("limit", Integer.toString(limit(given))));
        return "?" + String.join("&", query);
    }

    private static String oneOf(List<String> states, String text) {
        if (!states.contains(text)) {
            throw wrong("status", "one of " + String.join(", ", states), text);
        }
        return text;
    }

    /** Whose last hour is asked for, and in which pieces of time, as the query for a projector. */
    static String history(HttpRequest<?> request) {
        HttpParameters given = only(Set.of("plugin", "bucket"), request);
        String bucket = single(given, "bucket").orElse(BUCKETS.getFirst());
        if (!BUCKETS.contains(bucket)) {
            throw wrong("bucket", "one of " + String.join(", ", BUCKETS), bucket);
        }
        return "?" + pair("bucket", bucket)
                + single(given, "plugin").map(plugin -> "&" + pair("plugin", plugin(plugin))).orElse("");
    }

    /** The position to wait for, from the query or else the header. */
    static Optional<CommandPosition> position(HttpRequest<?> request) {
        return single(request.getParameters(), "position")
                .or(() -> Optional.ofNullable(request.getHeaders().get(POSITION_HEADER)))
                .map(RequestParameters::position);
    }

    /** How many seconds to wait for the end of a job, from the query. */
    static Optional<Integer> waitSeconds(HttpRequest<?> request) {
        return single(request.getParameters(), "wait").map(text -> {
            if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) > Wait.MAX_SECONDS) {
                throw wrong("wait", "a whole number of seconds from 0 to " + Wait.MAX_SECONDS, text);
            }
            return Integer.valueOf(text);
        });
    }

    /** Which attempt is meant, from the query; empty for all. */
    static Optional<Integer> attempt(HttpRequest<?> request) {
        return single(request.getParameters(), "attempt").map(text -> {
            if (!text.matches("[1-9][0-9]{0,8}")) {
                throw wrong("attempt", "the number of an attempt, from 1", text);
            }
            return Integer.valueOf(text);
        });
    }

    /**
     * The id of the last event that the client has. A browser sends the header when it comes back, with the query as it
     * was the first time, so the header counts.
     */
    static Optional<LogPosition> lastEventId(HttpRequest<?> request) {
        return Optional.ofNullable(request.getHeaders().get(LAST_EVENT_ID_HEADER))
                .or(() -> single(request.getParameters(), "lastEventId"))
                .map(text -> {
                    try {
                        return LogPosition.parse(text);
                    } catch (IllegalArgumentException e) {
                        throw ApiProblems.invalidParameter("lastEventId", String.valueOf(e.getMessage()));
                    }
                });
    }

    private static CommandPosition position(String text) {
        try {
            return CommandPosition.parse(text);
        } catch (IllegalArgumentException e) {
            throw ApiProblems.invalidParameter("position", String.valueOf(e.getMessage()));
        }
    }

    /** What the client calls the request, so that it can send it again. */
    static Optional<String> idempotencyKey(HttpRequest<?> request) {
        List<String> keys = request.getHeaders().getAll(IDEMPOTENCY_KEY_HEADER);
        if (keys.size() > 1) {
            throw ApiProblems.invalidParameter(IDEMPOTENCY_KEY_HEADER,
                    "Expected " + IDEMPOTENCY_KEY_HEADER + " once, but got it " + keys.size() + " times");
        }
        return keys.stream().findFirst().map(key -> {
            if (!KEY.matcher(key).matches()) {
                throw wrong(IDEMPOTENCY_KEY_HEADER, "1 to " + Terms.MAX_KEY + " printable ASCII characters", key);
            }
            return key;
        });
    }

    /** The filters of a list, as the query for a projector. */
    static String list(HttpRequest<?> request) {
        HttpParameters given = only(LIST, request);
        List<String> query = new ArrayList<>();
        single(given, "status").ifPresent(status -> query.add(pair("status", status(status, _ -> true))));
        query.addAll(filters(given));
        single(given, "batch").ifPresent(batch -> query.add(pair("batch", batchId("batch", batch).toString())));
        single(given, "cursor").ifPresent(cursor -> query.add(pair("cursor", cursor(cursor))));
        query.add(pair("limit", Integer.toString(limit(given))));
        return "?" + String.join("&", query);
    }

    /** Of which happenings a stream tells. */
    static FeedFilter happenings(HttpRequest<?> request) {
        HttpParameters given = only(HAPPENINGS, request);
        Optional<String> plugin = single(given, "plugin").map(RequestParameters::plugin);
        Optional<JobTypeName> type = single(given, "type").map(text -> JobTypeName.parse(type(text)));
        Optional<String> status = single(given, "status").map(
                text -> text.equals(JobView.CANCELLING) ? text : status(text, _ -> true));
        return new FeedFilter(plugin, type, single(given, "tag").map(RequestParameters::tag), status, Optional.empty(),
                single(given, "logs").map(RequestParameters::flag).orElse(false));
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw wrong("logs", "true or false", text);
        }
        return text.equals("true");
    }

    /** Which jobs are to be cleared, as the query for a projector: none that may yet run. */
    static String clearing(HttpRequest<?> request) {
        HttpParameters given = only(CLEARING, request);
        List<String> query = new ArrayList<>();
        query.add(pair("status", status(single(given, "status").orElse(""), JobState::isTerminal)));
        query.addAll(filters(given));
        return "?" + String.join("&", query);
    }

    /** The parameters of the query, all of which must be known. */
    static HttpParameters only(Set<String> known, HttpRequest<?> request) {
        HttpParameters given = request.getParameters();
        given.names().stream().filter(name -> !known.contains(name)).sorted().findFirst().ifPresent(name -> {
            throw ApiProblems.invalidParameter(name, "Expected no parameters but "
                    + known.stream().sorted().collect(Collectors.joining(", ")) + ", but got '"
                    + FieldReader.excerpt(name) + "'");
        });
        return given;
    }

    private static List<String> filters(HttpParameters given) {
        List<String> query = new ArrayList<>();
        single(given, "plugin").ifPresent(plugin -> query.add(pair("plugin", plugin(plugin))));
        single(given, "type").ifPresent(type -> query.add(pair("type", type(type))));
        single(given, "tag").ifPresent(tag -> query.add(pair("tag", tag(tag))));
        return query;
    }

    private static String status(String text, Predicate<JobState> allowed) {
        List<String> states = Arrays.stream(JobState.values())
                .filter(state -> state != JobState.UNKNOWN)
                .filter(allowed)
                .map(JobState::wireName)
                .toList();
        return oneOf(states, text);
    }

    static String plugin(String text) {
        if (!JobTypeName.isPluginId(text)) {
            throw wrong("plugin", "1 to 60 lower-case letters, digits and dashes", text);
        }
        return text;
    }

    private static String type(String text) {
        try {
            return JobTypeName.parse(text).toString();
        } catch (IllegalArgumentException e) {
            throw ApiProblems.invalidParameter("type", String.valueOf(e.getMessage()));
        }
    }

    private static String tag(String text) {
        if (text.isEmpty() || text.length() > SubmitJob.MAX_TAG_LENGTH) {
            throw wrong("tag", "1 to " + SubmitJob.MAX_TAG_LENGTH + " characters", text);
        }
        return text;
    }

    private static String cursor(String text) {
        if (text.isEmpty() || text.length() > MAX_CURSOR) {
            throw wrong("cursor", "the nextCursor of the page before", text);
        }
        return text;
    }

    /** How long a page is, at most. */
    static int limit(HttpParameters given) {
        return single(given, "limit").map(text -> {
            if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > MAX_LIMIT) {
                throw wrong("limit", "a whole number from 1 to " + MAX_LIMIT, text);
            }
            return Integer.valueOf(text);
        }).orElse(DEFAULT_LIMIT);
    }

    /** A parameter that may come once. */
    static Optional<String> single(HttpParameters given, String name) {
        List<String> values = given.getAll(name);
        if (values.size() > 1) {
            throw ApiProblems.invalidParameter(name,
                    "Expected " + name + " once, but got it " + values.size() + " times");
        }
        return values.stream().findFirst();
    }

    static ProblemException wrong(String name, String expected, String came) {
        return ApiProblems.invalidParameter(name,
                "Expected " + name + " to be " + expected + ", but got '" + FieldReader.excerpt(came) + "'");
    }

    private static String pair(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
