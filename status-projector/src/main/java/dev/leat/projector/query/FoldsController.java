package dev.leat.projector.query;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.streams.state.HostInfo;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

import dev.leat.domain.JobId;

/** Says up to where facts show, and what jobs are there: for the API, which folds on from there. Not for the outside. */
@Controller("/internal/v1/partitions")
@ExecuteOn(TaskExecutors.BLOCKING)
final class FoldsController {

    private static final int MOST = 100;

    private final ServingSource source;
    private final PeerClient peers;
    private final QueryWaits waits;
    private final InstantSource clock = InstantSource.system();

    FoldsController(ServingSource source, PeerClient peers, QueryWaits waits) {
        this.source = source;
        this.peers = peers;
        this.waits = waits;
    }

    @Get("/{partition}/folds")
    MutableHttpResponse<?> folds(HttpRequest<?> request, @PathVariable int partition,
            @QueryValue Optional<String> ids) throws InterruptedException {
        Serving serving = Requests.serving(source);
        List<JobId> wanted = ids.map(FoldsController::ids).orElse(List.of());
        if (partition < 0 || partition >= serving.jobs().partitions()
                || wanted.stream().anyMatch(id -> serving.jobs().partitionOf(id) != partition)) {
            throw QueryProblems.badParameter("partition", "Expected the partition of all of the jobs, but got "
                    + partition + ".");
        }
        if (serving.folds().owns(partition)) {
            return Requests.ok(serving.folds().find(partition, wanted, clock.instant()));
        }
        HostInfo owner = Optional.of(partition)
                .filter(_ -> !Requests.isForwarded(request))
                .flatMap(serving.ownership()::ownerOf)
                .orElseThrow(() -> QueryProblems.inTransition("partition " + partition));
        try {
            return Requests.handOn(peers.get(owner, Requests.pathAndQuery(request), waits.peer()));
        } catch (IOException e) {
            throw QueryProblems
                    .unavailable("Expected an answer of the projector that has the partition, but got none.");
        }
    }

    private static List<JobId> ids(String text) {
        List<String> ids = Arrays.stream(text.split(",", MOST + 1)).filter(id -> !id.isEmpty()).toList();
        try {
            if (ids.size() <= MOST) {
                return ids.stream().map(JobId::parse).toList();
            }
        } catch (IllegalArgumentException e) {
            throw QueryProblems.badParameter("ids", e.getMessage() + ".");
        }
        throw QueryProblems.badParameter("ids", "Expected at most " + MOST + " ids.");
    }
}
