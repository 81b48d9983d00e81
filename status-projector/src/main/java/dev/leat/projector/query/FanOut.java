package dev.leat.projector.query;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what all instances have, each from its own partitions.
 *
 * <p>Invariant: what it gives covers every partition exactly once. Otherwise there is no answer: a list that lacks jobs
 * looks just like one that does not. Thread-safe; callers block.
 */
final class FanOut {

    private static final Logger LOG = LoggerFactory.getLogger(FanOut.class);
    private static final TypeReference<List<Integer>> NUMBERS = new TypeReference<>() {};

    private final PeerClient peers;
    private final ObjectMapper json;
    private final Duration timeout;

    /** @param timeout for the answer of each instance; all are asked at once */
    FanOut(PeerClient peers, ObjectMapper json, Duration timeout) {
        this.peers = peers;
        this.json = json;
        this.timeout = timeout;
    }

    /**
     * The parts of the other instances, as they wrote them. Asks nobody where this one has all partitions.
     *
     * @param own the partitions that this instance answers for itself
     */
    List<JsonNode> collect(Serving serving, List<Integer> own, String pathAndQuery) throws InterruptedException {
        int all = serving.jobs().partitions();
        BitSet covered = new BitSet(all);
        own.forEach(covered::set);
        List<JsonNode> parts = new ArrayList<>();
        if (covered.cardinality() < all) {
            for (JsonNode part : ask(serving.ownership().others(), pathAndQuery)) {
                for (int partition : json.convertValue(part.path("partitions"), NUMBERS)) {
                    if (covered.get(partition)) {
                        throw QueryProblems.inTransition("partition " + partition + " once");
                    }
                    covered.set(partition);
                }
                parts.add(part);
            }
        }
        if (covered.cardinality() < all) {
            throw QueryProblems.inTransition("every partition");
        }
        return parts;
    }

    private List<JsonNode> ask(List<HostInfo> others, String pathAndQuery) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<JsonNode>>> answers = others.stream()
                    .map(other -> threads.submit(() -> ask(other, pathAndQuery)))
                    .toList();
            List<JsonNode> parts = new ArrayList<>();
            for (Future<Optional<JsonNode>> answer : answers) {
                answer.get().ifPresent(parts::add);
            }
            return parts;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Expected every answer or none, but " + e.getCause(), e);
        }
    }

    private Optional<JsonNode> ask(HostInfo other, String pathAndQuery) throws InterruptedException {
        try {
            HttpResponse<byte[]> answer = peers.get(other, pathAndQuery, timeout);
            if (answer.statusCode() == 200) {
                return Optional.of(json.readTree(answer.body()));
            }
            LOG.debug("Expected the part of {}, but it said {}", other, answer.statusCode());
        } catch (IOException e) {
            LOG.debug("Expected the part of {}, but got none", other, e);
        }
        return Optional.empty();
    }

    /** The numbers of partitions, as parts name them. */
    static List<Integer> numbers(Serving serving) {
        return serving.jobs().views().stream().flatMapToInt(view -> IntStream.of(view.partition())).boxed().toList();
    }
}
