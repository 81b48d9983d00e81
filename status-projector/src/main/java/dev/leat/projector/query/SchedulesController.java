package dev.leat.projector.query;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.apache.kafka.streams.state.HostInfo;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

import dev.leat.domain.schedule.Schedule;
import dev.leat.domain.schedule.ScheduleId;
import dev.leat.domain.schedule.ScheduleView;
import dev.leat.runtime.http.NameCursor;

/** What the API asks projectors about schedules, and projectors each other. Not for the outside. */
@Controller("/internal/v1/schedules")
@ExecuteOn(TaskExecutors.BLOCKING)
final class SchedulesController {

    private final ServingSource source;
    private final PeerClient peers;
    private final FanOut fanOut;
    private final QueryWaits waits;
    private final ObjectMapper json;

    SchedulesController(ServingSource source, PeerClient peers, FanOut fanOut, QueryWaits waits, ObjectMapper json) {
        this.source = source;
        this.peers = peers;
        this.fanOut = fanOut;
        this.waits = waits;
        this.json = json;
    }

    @Get
    Map<String, Object> list(HttpRequest<?> request, @RequestBean NameListParameters parameters)
            throws InterruptedException {
        int limit = ListQuestion.limit(parameters.limit());
        Optional<String> after = parameters.after();
        Serving serving = Requests.serving(source);
        List<Integer> own = serving.schedules().partitions();
        List<ScheduleView> here = serving.schedules()
                .page(own, after, limit + 1)
                .stream()
                .map(ScheduleView::of)
                .toList();
        if (Requests.isForwarded(request)) {
            return Map.of("partitions", own, "schedules", here);
        }
        List<JsonNode> all = new ArrayList<>();
        here.forEach(view -> all.add(json.valueToTree(view)));
        fanOut.collect(serving, own, Requests.pathAndQuery(request))
                .forEach(part -> part.path("schedules").forEach(all::add));
        all.sort(Comparator.comparing(SchedulesController::idOf));
        return page(all, limit);
    }

    private static Map<String, Object> page(List<JsonNode> sorted, int limit) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("schedules", sorted.stream().limit(limit).toList());
        if (sorted.size() > limit) {
            page.put("nextCursor", NameCursor.of(idOf(sorted.get(limit - 1))));
        }
        return page;
    }

    private static String idOf(JsonNode schedule) {
        return schedule.path("id").asText();
    }

    @Get("/{id}")
    MutableHttpResponse<?> schedule(HttpRequest<?> request, @PathVariable String id,
            @RequestBean ScheduleParameters parameters) throws InterruptedException {
        return answer(request, scheduleId(id), parameters, ScheduleView::of);
    }

    /** For who wants to change it: what is wanted of it, in the form of the topic. */
    @Get("/{id}/record")
    MutableHttpResponse<?> revision(HttpRequest<?> request, @PathVariable String id,
            @RequestBean ScheduleParameters parameters) throws InterruptedException {
        return answer(request, scheduleId(id), parameters, schedule -> Map.of("record",
                Base64.getEncoder().encodeToString(Requests.serving(source).schedules().recordOf(schedule))));
    }

    private MutableHttpResponse<?> answer(HttpRequest<?> request, ScheduleId id, ScheduleParameters parameters,
            Function<Schedule, Object> body) throws InterruptedException {
        Serving serving = Requests.serving(source);
        Predicate<Optional<Schedule>> isSo = condition(parameters);
        if (serving.schedules().owns(id)) {
            Optional<Schedule> found = serving.schedules().findWhen(id, isSo, waits.position());
            if (!isSo.test(found)) {
                throw QueryProblems.unavailable("Expected the change of schedule " + id + " to be read within "
                        + waits.position() + ", but it is not.");
            }
            return Requests.ok(body.apply(found.orElseThrow(() -> QueryProblems.scheduleNotFound(id))));
        }
        Optional<HostInfo> owner = Requests.isForwarded(request) ? Optional.empty() : serving.ownership().ownerOf(id);
        return there(owner.orElseThrow(() -> QueryProblems
                .inTransition("partition " + serving.schedules().partitionOf(id) + " of the schedules")), request);
    }

    private static Predicate<Optional<Schedule>> condition(ScheduleParameters parameters) {
        if (parameters.until().isPresent()) {
            if (!parameters.until().get().equals("gone")) {
                throw QueryProblems.badParameter("until", "Expected gone, but got another word.");
            }
            return Optional::isEmpty;
        }
        return found -> parameters.version()
                .map(wanted -> found.filter(schedule -> schedule.revision().version() >= wanted).isPresent())
                .orElse(true);
    }

    private MutableHttpResponse<?> there(HostInfo owner, HttpRequest<?> request) throws InterruptedException {
        Duration timeout = waits.position().plus(waits.peer());
        try {
            return Requests.handOn(peers.get(owner, Requests.pathAndQuery(request), timeout));
        } catch (IOException e) {
            throw QueryProblems.unavailable("Expected an answer of the projector that has the schedule, but got none.");
        }
    }

    private static ScheduleId scheduleId(String id) {
        try {
            return new ScheduleId(id);
        } catch (IllegalArgumentException e) {
            throw QueryProblems.badParameter("id", e.getMessage() + ".");
        }
    }
}
