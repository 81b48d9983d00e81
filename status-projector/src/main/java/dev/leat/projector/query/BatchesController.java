package dev.leat.projector.query;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.streams.state.HostInfo;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.JobId;
import dev.leat.domain.batch.Batch;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchStatus;
import dev.leat.domain.batch.OperationView;
import dev.leat.projector.index.ListPosition;

/** What the API asks projectors about batches, and projectors each other. Not for the outside. */
@Controller("/internal/v1/batches")
@ExecuteOn(TaskExecutors.BLOCKING)
final class BatchesController {

    private static final Duration YOUNG = Duration.ofSeconds(5);
    private static final String MEMBER = "batches";

    private final ServingSource source;
    private final PeerClient peers;
    private final QueryWaits waits;
    private final FanOut fanOut;
    private final InstantSource clock = InstantSource.system();

    BatchesController(ServingSource source, PeerClient peers, QueryWaits waits, FanOut fanOut) {
        this.source = source;
        this.peers = peers;
        this.waits = waits;
        this.fanOut = fanOut;
    }

    @Get("/{id}")
    MutableHttpResponse<?> batch(HttpRequest<?> request, @PathVariable String id,
            @RequestBean BatchParameters parameters) throws InterruptedException {
        Serving serving = Requests.serving(source);
        return answer(serving, request, id, parameters, batch -> serving.batches().view(batch, clock.instant()));
    }

    @Get("/{id}/operations")
    MutableHttpResponse<?> operations(HttpRequest<?> request, @PathVariable String id,
            @RequestBean BatchParameters parameters) throws InterruptedException {
        OperationsQuestion question = OperationsQuestion.of(parameters);
        Serving serving = Requests.serving(source);
        return answer(serving, request, id, parameters, batch -> page(serving.batches(), batch, question));
    }

    private static Map<String, Object> page(LocalBatches batches, Batch batch, OperationsQuestion question) {
        List<OperationView> found = batches.operations(batch, question, question.limit() + 1);
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("operations", found.stream().limit(question.limit()).toList());
        if (found.size() > question.limit()) {
            page.put("nextCursor", Integer.toString(found.getLast().index()));
        }
        return page;
    }

    /** Answers here, or by one hop at the instance that has the batch. */
    private MutableHttpResponse<?> answer(Serving serving, HttpRequest<?> request, String text,
            BatchParameters parameters, Function<Batch, Object> body) throws InterruptedException {
        BatchId id = batchId(text);
        if (serving.batches().owns(id)) {
            Batch batch = find(serving.batches(), id, parameters.position().map(Requests::position))
                    .orElseThrow(() -> QueryProblems.batchNotFound(id));
            return Requests.ok(body.apply(batch));
        }
        Optional<HostInfo> owner = Requests.isForwarded(request)
                ? Optional.empty()
                : serving.ownership().ownerOf(id);
        return Requests.handOn(there(owner.orElseThrow(() -> QueryProblems
                .inTransition("partition " + serving.batches().partitionOf(id))), Requests.pathAndQuery(request)));
    }

    private Optional<Batch> find(LocalBatches batches, BatchId id, Optional<CommandPosition> position)
            throws InterruptedException {
        if (position.isPresent()) {
            return batches.findAt(position.get(), id, waits.position());
        }
        Optional<Batch> batch = batches.find(id);
        return batch.isEmpty() && new JobId(id.value()).isYoungerThan(YOUNG, clock.instant())
                ? batches.findWithin(id, waits.youngId())
                : batch;
    }

    private HttpResponse<byte[]> there(HostInfo owner, String pathAndQuery) throws InterruptedException {
        try {
            return peers.get(owner, pathAndQuery, waits.position().plus(waits.youngId()).plus(waits.peer()));
        } catch (IOException e) {
            throw QueryProblems.unavailable("Expected an answer of the projector that has the batch, but got none.");
        }
    }

    @Get
    Map<String, Object> list(HttpRequest<?> request, @RequestBean BatchParameters parameters)
            throws InterruptedException {
        int limit = ListQuestion.limit(parameters.limit());
        Optional<ListPosition> cursor = parameters.cursor().map(ListCursor::parse);
        Optional<BatchStatus> status = parameters.status().map(BatchesController::status);
        Serving serving = Requests.serving(source);
        List<Integer> own = serving.batches().partitions();
        ListPart here = new ListPart(own, serving.batches().list(status, cursor, limit + 1));
        if (Requests.isForwarded(request)) {
            return JobList.part(here, MEMBER);
        }
        List<ListPart> parts = new ArrayList<>(List.of(here));
        fanOut.collect(serving, own, Requests.pathAndQuery(request))
                .forEach(part -> parts.add(JobList.read(part, MEMBER)));
        return JobList.page(parts, limit, MEMBER);
    }

    private static BatchStatus status(String status) {
        return BatchStatus.ofWireName(status)
                .orElseThrow(() -> QueryProblems.badParameter("status", "Expected one of "
                        + Arrays.stream(BatchStatus.values()).map(BatchStatus::wireName)
                                .collect(Collectors.joining(", "))
                        + ", but got something else."));
    }

    private static BatchId batchId(String id) {
        try {
            return BatchId.parse(id);
        } catch (IllegalArgumentException e) {
            throw QueryProblems.badParameter("id", e.getMessage() + ".");
        }
    }
}
