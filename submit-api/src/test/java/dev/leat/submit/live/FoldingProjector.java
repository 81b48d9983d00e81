package dev.leat.submit.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.domain.JobView;
import dev.leat.domain.live.Slim;
import dev.leat.runtime.json.LeatJson;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;
import dev.leat.submit.ScriptedProjector;

/**
 * Answers as a projector that has folded everything that stands in the log, or as one that has stopped folding some time
 * ago, as the test wants it.
 */
final class FoldingProjector implements AutoCloseable {

    private static final Pattern FOLDS = Pattern.compile("/internal/v1/partitions/(\\d+)/folds");
    private static final Pattern JOB = Pattern.compile("/internal/v1/jobs/([0-9a-f-]+)");
    private static final ObjectMapper JSON = LeatJson.newMapper();

    private final ScriptedProjector server;
    private final Topics topics;
    private final Codecs codecs;
    private final Consumer<byte[], byte[]> consumer;
    private final Map<JobId, Job> jobs = new HashMap<>();
    private final Map<TopicPartition, Long> folded = new HashMap<>();
    private boolean frozen;

    FoldingProjector(ScriptedProjector server, Settings settings, Codecs codecs) {
        this.server = server;
        this.topics = new Topics(settings.get(ServiceOptions.TOPIC_PREFIX));
        this.codecs = codecs;
        this.consumer = new KafkaClients(settings).consumer("folding-projector");
        server.on("*", this::answer);
    }

    /** Folds no more until {@link #thaw}. */
    synchronized void freeze() {
        catchUp();
        frozen = true;
    }

    synchronized void thaw() {
        frozen = false;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        if (!frozen) {
            catchUp();
        }
        Matcher folds = FOLDS.matcher(exchange.getRequestURI().getPath());
        Matcher job = JOB.matcher(exchange.getRequestURI().getPath());
        if (folds.matches()) {
            ScriptedProjector.json(folds(Integer.parseInt(folds.group(1)), ids(exchange))).to(exchange);
        } else if (job.matches() && view(JobId.parse(job.group(1))).isPresent()) {
            ScriptedProjector.json(JSON.writeValueAsString(view(JobId.parse(job.group(1))).get())).to(exchange);
        } else {
            ScriptedProjector.problem(404, "job-not-found", Map.of()).to(exchange);
        }
    }

    private static List<JobId> ids(HttpExchange exchange) {
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        return Arrays.stream(query.replace("ids=", "").split(",", -1))
                .filter(id -> !id.isEmpty())
                .map(JobId::parse)
                .toList();
    }

    private Optional<JobView> view(JobId id) {
        return Optional.ofNullable(jobs.get(id)).flatMap(JobView::of);
    }

    private String folds(int partition, List<JobId> ids) throws IOException {
        Map<String, Long> next = new HashMap<>();
        folded.forEach((place, offset) -> {
            if (place.partition() == partition) {
                next.put(place.topic(), offset);
            }
        });
        Map<String, Object> found = new HashMap<>();
        ids.forEach(id -> Optional.ofNullable(jobs.get(id))
                .ifPresent(job -> JobView.of(job)
                        .ifPresent(view -> found.put(id.toString(), Map.of("view", view, "fold", fold(job))))));
        return JSON.writeValueAsString(Map.of("partition", partition, "next", next, "jobs", found));
    }

    private String fold(Job job) {
        return Base64.getEncoder().encodeToString(codecs.jobs().encode(topics.prefix() + "folds", Slim.of(job)));
    }

    private void catchUp() {
        Set<TopicPartition> all = new HashSet<>();
        consumer.listTopics().forEach((topic, partitions) -> {
            if (topics.commandPattern().matcher(topic).matches() || topic.equals(topics.events())
                    || topic.equals(topics.control())) {
                partitions.forEach(info -> all.add(new TopicPartition(topic, info.partition())));
            }
        });
        consumer.assign(all);
        all.forEach(partition -> consumer.seek(partition, folded.getOrDefault(partition, 0L)));
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(100)).forEach(this::fold);
        }
        all.stream().filter(partition -> consumer.position(partition) > 0).forEach(
                partition -> folded.put(partition, consumer.position(partition)));
    }

    private void fold(ConsumerRecord<byte[], byte[]> rawRecord) {
        JobId id = JobId.parse(new String(rawRecord.key(), StandardCharsets.UTF_8));
        fact(rawRecord).ifPresent(
                fact -> jobs.put(id, JobFold.apply(jobs.getOrDefault(id, Job.unknown(id)), fact)));
    }

    private Optional<? extends Fact> fact(ConsumerRecord<byte[], byte[]> rawRecord) {
        String topic = rawRecord.topic();
        if (topic.equals(topics.events())) {
            return codecs.events().decode(topic, rawRecord.value());
        }
        if (topic.equals(topics.control())) {
            return codecs.control().decode(topic, rawRecord.value()).map(Fact.class::cast);
        }
        return topic.equals(topics.pending())
                ? codecs.pending().decode(topic, rawRecord.value())
                : codecs.commands().decode(topic, rawRecord.value());
    }

    @Override
    public synchronized void close() {
        consumer.close();
        server.close();
    }
}
