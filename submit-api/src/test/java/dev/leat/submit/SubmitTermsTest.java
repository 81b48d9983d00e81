package dev.leat.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import com.fasterxml.jackson.databind.JsonNode;

import dev.leat.domain.Backoff;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.JobPolicy;
import dev.leat.domain.Lane;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;
import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiUnderTest.Reply;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** When jobs run and how they are tried, as it reaches a real broker. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubmitTermsTest {

    private final DemoPlugin plugin;
    private final ApiUnderTest api;
    private final LogReader log;

    SubmitTermsTest(KafkaCluster cluster) throws Exception {
        Settings settings = ApiUnderTest.settings(Map.of("leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.schema.registry.url", cluster.schemaRegistryUrl(), "leat.topic.prefix", cluster.newPrefix()));
        plugin = DemoPlugin.announce(settings);
        api = ApiUnderTest.start(settings);
        log = new LogReader(settings);
    }

    @BeforeAll
    void awaitReadiness() {
        await().until(() -> api.get("/health/readiness").status() == 200);
    }

    @AfterAll
    void stop() {
        log.close();
        api.close();
        plugin.close();
    }

    @Test
    void shouldHoldADelayedJobOnThePendingTopic() {
        // when
        Reply reply = api.submit("""
                {"type":"demo:prime","params":{"limit":1000},"priority":"high","delay":"PT10M","expiresIn":"PT5M",
                 "deadline":"PT2H"}""");

        // then: the answer
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        JsonNode job = reply.json();
        assertThat(job.path("status").asText()).isEqualTo("scheduled");
        Instant submitted = Instant.parse(job.path("submittedAt").asText());
        assertThat(job.path("runAt").asText()).isEqualTo(submitted.plusSeconds(600).toString());
        assertThat(job.path("expiresAt").asText()).isEqualTo(submitted.plusSeconds(900).toString());
        assertThat(job.path("deadline").asText()).isEqualTo(submitted.plusSeconds(7_200).toString());

        // then: the log
        Submission written = pending(reply);
        assertThat(written.lane()).isEqualTo(Lane.HIGH);
        assertThat(written.terms()).isEqualTo(new Terms(Optional.of(submitted.plusSeconds(600)),
                Optional.of(submitted.plusSeconds(900)), Optional.of(submitted.plusSeconds(7_200)), Optional.empty(),
                Optional.empty()));
    }

    @Test
    void shouldHoldAJobUntilItsTime() {
        // given
        Instant time = Instant.now().plus(Duration.ofDays(300));

        // when
        Reply reply = api.submit("{\"type\":\"demo:echo\",\"runAt\":\"" + time + "\"}");

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(pending(reply).terms().runAt()).contains(Instant.ofEpochMilli(time.toEpochMilli()));
    }

    @Test
    void shouldPutAJobWhoseTimeIsPastStraightIntoItsLane() {
        // when
        Reply reply = api
                .submit("{\"type\":\"demo:echo\",\"runAt\":\"2020-02-29T12:00:00+01:00\",\"expiresIn\":\"PT1M\"}");

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(reply.json().path("status").asText()).isEqualTo("queued");
        Submission written = queued(reply, Lane.LOW);
        assertThat(written.terms().runAt()).isEmpty();
        assertThat(written.terms().expiresAt()).contains(written.submittedAt().plusSeconds(60));
    }

    @Test
    void shouldWriteTheJobTypesWholePolicyIntoTheCommand() {
        // when
        Reply reply = api.submit("{\"type\":\"demo:echo\"}");

        // then
        assertThat(queued(reply, Lane.LOW).policy()).isEqualTo(PolicyOverrides.of(DemoPlugin.ECHO.policy()));
        assertThat(reply.json().path("maxAttempts").asInt()).isEqualTo(5);
    }

    @Test
    void shouldPutWhatTheSubmissionSaysInThePolicysPlace() {
        // when
        Reply some = api.submit("{\"type\":\"demo:echo\",\"maxAttempts\":1,\"retention\":\"P7D\"}");
        Reply all = api.submit("""
                {"type":"demo:echo","delay":"PT1H","maxAttempts":7,"timeout":"PT0.5S","retention":"PT0S",
                 "backoff":{"first":"PT1S","factor":1.5,"cap":"PT1M","jitter":0.5}}""");

        // then
        assertThat(queued(some, Lane.LOW).policy()).isEqualTo(PolicyOverrides.of(new JobPolicy(1,
                Backoff.constant(Duration.ofSeconds(2)), Duration.ofMinutes(1), Duration.ofDays(7))));
        assertThat(pending(all).policy()).isEqualTo(PolicyOverrides.of(new JobPolicy(7,
                new Backoff(Duration.ofSeconds(1), 1.5, Duration.ofMinutes(1), 0.5), Duration.ofMillis(500),
                Duration.ZERO)));
    }

    @Test
    void shouldRefuseTimesThatAreImpossible() {
        // when
        Reply far = api.submit("{\"type\":\"demo:echo\",\"runAt\":\"2400-01-01T00:00:00Z\"}");
        Reply over = api.submit("{\"type\":\"demo:echo\",\"delay\":\"PT1H\",\"deadline\":\"PT1H\"}");

        // then
        assertThat(far.status()).as(far.body()).isEqualTo(400);
        assertThat(far.problem()).isEqualTo("invalid-request");
        assertThat(far.json().path("errors").path(0).path("pointer").asText()).isEqualTo("/runAt");
        assertThat(over.status()).as(over.body()).isEqualTo(400);
        assertThat(over.json().path("errors").path(0).path("pointer").asText()).isEqualTo("/deadline");
    }

    @Test
    void shouldShowAJobTypesPolicy() {
        JsonNode policy = api.get("/api/v1/job-types/demo:echo").json().path("policy");
        assertThat(policy.toString()).isEqualTo("""
                {"maxAttempts":5,"backoff":{"first":"PT2S","factor":1.0,"cap":"PT2S","jitter":0.0},"timeout":"PT1M",\
                "retention":"PT1H"}""");
    }

    private Submission pending(Reply reply) {
        ConsumerRecord<byte[], byte[]> written = log.at(CommandPosition.parse(reply.header("Leat-Position")));
        assertThat(written.topic()).isEqualTo(plugin.topics().pending());
        return plugin.codecs().pending().decode(written.topic(), written.value()).orElseThrow().submission();
    }

    private Submission queued(Reply reply, Lane lane) {
        ConsumerRecord<byte[], byte[]> written = log.at(CommandPosition.parse(reply.header("Leat-Position")));
        assertThat(written.topic()).isEqualTo(plugin.topics().jobs("demo", lane));
        Fact.JobQueued command = plugin.codecs().commands().decode(written.topic(), written.value()).orElseThrow();
        assertThat(command).isEqualTo(Fact.JobQueued.first(command.submission()));
        return command.submission();
    }
}
