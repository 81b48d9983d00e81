package dev.leat.submit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.leat.domain.Lane;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Topics;
import dev.leat.submit.ApiUnderTest.Reply;
import dev.leat.submit.deadletter.DeadLetterId;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Dead letters over HTTP, on a real broker. Each test has a reason of its own. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class DeadLettersTest {

    private static final String LETTERS = "/api/v1/dead-letters";
    private static final String KEY = "019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b10";

    private final KafkaCluster cluster;
    private final Settings settings;
    private final DemoPlugin plugin;
    private final Topics topics;
    private final DeadLetterLog log;
    private final ApiUnderTest api;

    DeadLettersTest(KafkaCluster cluster) throws Exception {
        this.cluster = cluster;
        settings = settings(cluster);
        plugin = DemoPlugin.announce(settings);
        topics = plugin.topics();
        log = new DeadLetterLog(settings);
        api = ApiUnderTest.start(settings);
    }

    private static Settings settings(KafkaCluster cluster) {
        return ApiUnderTest.settings(Map.of("leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.schema.registry.url", cluster.schemaRegistryUrl(), "leat.topic.prefix", cluster.newPrefix()));
    }

    @BeforeAll
    void awaitLoaded() {
        awaitLoaded(api);
    }

    private static void awaitLoaded(ApiUnderTest api) {
        await().until(() -> api.get(LETTERS).status() == 200);
    }

    @AfterAll
    void stop() {
        api.close();
        log.close();
        plugin.close();
    }

    @Test
    void shouldListNewestFirstInPagesWithFilters() throws Exception {
        // given
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(log.bury(i % 2 == 0 ? topics.events() : lane(), KEY + i, "v", "paged"));
        }
        awaitListed("paged", 5);

        // when
        List<String> walked = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.get(LETTERS + "?reason=paged&limit=2" + cursor).json();
            walked.addAll(ids(page));
            cursor = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asText() : "";
        } while (!cursor.isEmpty());

        // then
        assertThat(walked).isEqualTo(ids);
        assertThat(ids(api.get(LETTERS + "?reason=paged&topic=" + topics.events()).json()))
                .containsExactly(ids.get(0), ids.get(2), ids.get(4));
        assertThat(ids(api.get(LETTERS + "?reason=paged&plugin=demo").json())).containsExactly(ids.get(1), ids.get(3));
        assertThat(ids(api.get(LETTERS + "?reason=paged&plugin=other").json())).isEmpty();
        JsonNode newest = api.get(LETTERS + "?reason=paged&limit=1").json().path("deadLetters").get(0);
        assertThat(newest.path("detail").asText()).isEqualTo("Expected better");
        assertThat(newest.path("origin").asText()).isEqualTo(topics.events() + "-1@7");
        assertThat(newest.path("writtenBy").asText()).isEqualTo("worker w1");
        assertThat(newest.path("key").path("text").asText()).isEqualTo(KEY + 4);
        assertThat(newest.path("size").asInt()).isEqualTo(KEY.length() + 2);
        assertThat(newest.has("value") || newest.has("headers") || newest.has("redrivenAt") || newest.has("leftOut"))
                .isFalse();
    }

    @Test
    void shouldShowOneWithItsContent() throws Exception {
        // given
        byte[] value = new byte[100_000];
        value[65_535] = 1;
        ConsumerRecord<byte[], byte[]> source = log.source(lane(), new byte[]{(byte) 0xff}, value);
        source.headers().add("trace", "abc".getBytes(UTF_8)).add("nothing", null);
        String id = log.bury(source, "shown");
        awaitListed("shown", 1);

        // when
        JsonNode letter = api.get(LETTERS + "/" + id).json();

        // then
        assertThat(letter.path("id").asText()).isEqualTo(id);
        assertThat(letter.path("key").path("base64").asText()).isEqualTo("/w==");
        assertThat(letter.path("value").path("bytes").asInt()).isEqualTo(100_000);
        assertThat(letter.path("value").path("truncated").asBoolean()).isTrue();
        byte[] shown = Base64.getDecoder().decode(letter.path("value").path("base64").asText());
        assertThat(shown).hasSize(65_536).endsWith((byte) 1);
        assertThat(letter.path("headers").findValuesAsText("name")).containsExactly("trace", "nothing", "leat-reason",
                "leat-detail", "leat-origin", "leat-written-by");
        assertThat(letter.path("headers").get(0).path("value").path("text").asText()).isEqualTo("abc");
        assertThat(letter.path("headers").get(1).has("value")).isFalse();
    }

    @Test
    void shouldSendARecordBackToThePartitionOfItsKeyAndRememberThat() throws Exception {
        // given
        ConsumerRecord<byte[], byte[]> source = log.source(topics.control(), KEY.getBytes(UTF_8), new byte[]{0, 7});
        source.headers().add("trace", "abc".getBytes(UTF_8)).add("leat-handover", new byte[]{1});
        String id = log.bury(source, "sent-back");
        awaitListed("sent-back", 1);

        // when
        Reply reply = redrive(id, "");

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        ConsumerRecord<byte[], byte[]> back = log.read(topics.control()).getLast();
        assertThat(reply.json().path("position").asText())
                .isEqualTo(topics.control() + "-" + back.partition() + "@" + back.offset());
        assertThat(back.partition()).isEqualTo(Utils.toPositive(Utils.murmur2(KEY.getBytes(UTF_8))) % 4);
        assertThat(back.key()).isEqualTo(KEY.getBytes(UTF_8));
        assertThat(back.value()).containsExactly(0, 7);
        assertThat(back.headers()).extracting(Header::key).containsExactly("trace", "leat-redriven");
        assertThat(new String(back.headers().lastHeader("leat-redriven").value(), UTF_8))
                .isEqualTo(topics.deadLetter() + "-" + id.replace("-", "@"));
        assertThat(listed("sent-back").get(0).path("redrivenAt").asText())
                .isEqualTo(reply.json().path("redrivenAt").asText());

        // when, then
        Reply second = redrive(id, "");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.problem()).isEqualTo("dead-letter-already-redriven");
        assertThat(second.json().path("redrivenAt").asText()).isEqualTo(reply.json().path("redrivenAt").asText());
        assertThat(redrive(id, "?again=false").status()).isEqualTo(409);
        assertThat(sentBack(topics.control(), id)).isEqualTo(1);
        assertThat(redrive(id, "?again=true").status()).isEqualTo(200);
        assertThat(sentBack(topics.control(), id)).isEqualTo(2);
    }

    @Test
    void shouldRememberOverRestartsAndInstances() throws Exception {
        // given
        String first = log.bury(topics.events(), KEY, "one", "remembered");
        String second = log.bury(topics.events(), KEY, "two", "remembered");
        awaitListed("remembered", 2);
        try (ApiUnderTest other = ApiUnderTest.start(settings)) {
            awaitLoaded(other);

            // when: one instance sends and the other is asked at once
            assertThat(redrive(first, "").status()).isEqualTo(200);
            Reply there = other.send("POST", LETTERS + "/" + first + "/redrive", "", Map.of());

            // then
            assertThat(there.status()).as(there.body()).isEqualTo(409);
            assertThat(there.problem()).isEqualTo("dead-letter-already-redriven");
            Reply set = other.send("POST", LETTERS + "/redrive?reason=remembered", "", Map.of());
            assertThat(set.json().path("count").asInt()).as(set.body()).isEqualTo(1);
            assertThat(set.json().path("skipped").asInt()).isEqualTo(1);
            assertThat(redrive(second, "").status()).isEqualTo(409);
        }

        // when: one starts that knows only what is on Kafka
        try (ApiUnderTest later = ApiUnderTest.start(settings)) {
            awaitLoaded(later);
            JsonNode page = later.get(LETTERS + "?reason=remembered").json();

            // then
            assertThat(ids(page)).containsExactly(second, first);
            assertThat(page.findValuesAsText("redrivenAt")).hasSize(2);
            assertThat(later.send("POST", LETTERS + "/" + first + "/redrive", "", Map.of()).status()).isEqualTo(409);
        }
        assertThat(sentBack(topics.events(), first)).isEqualTo(1);
        assertThat(sentBack(topics.events(), second)).isEqualTo(1);
    }

    @Test
    void shouldSendASetBackAfterADryRun() throws Exception {
        // given
        String good = log.bury(topics.events(), KEY, "good", "set");
        String large = log.bury(log.source(topics.events(), null, new byte[1_040_000]), "set");
        String foreign = log.bury("orders", KEY, "foreign", "set");
        log.bury(topics.control(), KEY, "other topic", "set");
        awaitListed("set", 4);
        String body = "{\"reason\":\"set\",\"topic\":\"" + topics.events() + "\",\"dryRun\":%s}";
        int before = log.read(topics.events()).size();

        // when
        JsonNode dry = redriveSet("", body.formatted(true)).json();

        // then
        assertThat(dry.path("dryRun").asBoolean()).isTrue();
        assertThat(dry.path("count").asInt()).isEqualTo(1);
        assertThat(dry.path("failed").asInt()).isEqualTo(1);
        assertThat(log.read(topics.events())).hasSize(before);
        assertThat(listed("set").findValues("redrivenAt")).isEmpty();

        // when
        JsonNode done = redriveSet("", body.formatted(false)).json();
        JsonNode rest = redriveSet("?reason=set", "").json();

        // then
        assertThat(done.path("dryRun").asBoolean()).isFalse();
        assertThat(done.path("count").asInt()).isEqualTo(1);
        assertThat(done.path("failures").get(0).path("id").asText()).isEqualTo(large);
        assertThat(done.path("failures").get(0).path("type").asText())
                .isEqualTo("urn:leat:problem:dead-letter-without-content");
        assertThat(sentBack(topics.events(), good)).isEqualTo(1);
        assertThat(rest.path("count").asInt()).isEqualTo(1);
        assertThat(rest.path("skipped").asInt()).isEqualTo(1);
        assertThat(rest.path("failures").findValuesAsText("id")).containsExactlyInAnyOrder(large, foreign);
    }

    @Test
    void shouldSendThousandsBackOnceAndInTheirOrder() throws Exception {
        // given
        int count = 3_000;
        String lane = topics.jobs("demo", Lane.HIGH);
        log.buryMany(lane, count, "many");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> redriveSet("?reason=many&dryRun=true", "").json().path("count").asInt() == count);

        // when
        long start = System.nanoTime();
        JsonNode result = redriveSet("?reason=many", "").json();
        System.out.printf("%d dead letters sent back in %d ms%n", count, (System.nanoTime() - start) / 1_000_000);

        // then
        assertThat(result.path("count").asInt()).as(result.toString()).isEqualTo(count);
        Map<String, List<Integer>> byKey = log.read(lane)
                .stream()
                .collect(Collectors.groupingBy(message -> new String(message.key(), UTF_8), Collectors.mapping(
                        message -> Integer.valueOf(new String(message.value(), UTF_8)), Collectors.toList())));
        assertThat(byKey).hasSize(50);
        byKey.forEach((key, numbers) -> assertThat(numbers).as(key)
                .isEqualTo(IntStream.range(0, count)
                        .filter(i -> key.equals("key-" + i % 50))
                        .boxed()
                        .toList()));
        assertThat(redriveSet("?reason=many", "").json().path("skipped").asInt()).isEqualTo(count);
    }

    @Test
    void shouldSendBackARecordWithoutKeyAndValue() throws Exception {
        // given
        String id = log.bury(log.source(lane(), null, null), "bare");
        awaitListed("bare", 1);

        // when
        Reply reply = redrive(id, "");

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(sentBack(lane(), id)).isEqualTo(1);
        assertThat(api.get(LETTERS + "/" + id).json().has("value")).isFalse();
    }

    @Test
    void shouldNotSendARecordThatWasLeftOut() throws Exception {
        // given
        String id = log.bury(log.source(topics.events(), null, new byte[1_040_000]), "left-out");
        awaitListed("left-out", 1);

        // when
        Reply reply = redrive(id, "");

        // then
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.problem()).isEqualTo("dead-letter-without-content");
        assertThat(listed("left-out").get(0).path("leftOut").asText())
                .isEqualTo("key, value and headers, 1040000 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "{prefix}workers", "{prefix}dead-letter", "{prefix}jobs.nobody.high"})
    void shouldSendToNoTopicThatHoldsNoJobs(String topic) throws Exception {
        // given
        String name = topic.replace("{prefix}", topics.prefix());
        String reason = "foreign-" + topic.replaceAll("[^a-z]", "");
        String id = log.bury(name, KEY, "v", reason);
        awaitListed(reason, 1);

        // when
        Reply reply = redrive(id, "");

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(422);
        assertThat(reply.problem()).isEqualTo("dead-letter-origin-unusable");
        assertThat(reply.json().path("detail").asText()).contains(id, name);
    }

    @Test
    void shouldSayThatADeadLetterIsNotThere() {
        for (String id : List.of("0-999999", "99-0", "3-123456789012345678")) {
            for (Reply reply : List.of(api.get(LETTERS + "/" + id), redrive(id, ""))) {
                assertThat(reply.status()).isEqualTo(404);
                assertThat(reply.problem()).isEqualTo("dead-letter-not-found");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"GET|?reason=Not%20a%20word|reason", "GET|?topic=a%20b|topic",
            "GET|?plugin=De|plugin", "GET|?limit=0|limit", "GET|?cursor=!!|cursor", "GET|?status=queued|status",
            "GET|/nonsense|id", "GET|/3@17|id", "POST|/3-/redrive|id", "POST|/3-1/redrive?again=yes|again",
            "POST|/3-1/redrive?force=true|force", "POST|/redrive?dryRun=1|dryRun", "POST|/redrive?limit=5|limit",
            "POST|/redrive?plugin=De|plugin", "POST|/redrive?again=true&again=true|again"})
    void shouldNameTheParameterThatIsWrong(String method, String path, String parameter) {
        // when
        Reply reply = api.send(method, LETTERS + path, "", Map.of());

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.problem()).isEqualTo("invalid-parameter");
        assertThat(reply.json().path("parameter").asText()).isEqualTo(parameter);
        assertThat(reply.json().path("detail").asText()).startsWith("Expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"reasons\":\"x\"}", "{\"reason\":7}", "{\"dryRun\":\"yes\"}",
            "{\"reason\":\"Not a word\"}", "{\"plugin\":\"De\"}", "{\"dryRun\":true}"})
    void shouldRefuseAnotherBody(String body) {
        // when: the query has one of the parts as well
        Reply reply = redriveSet("?dryRun=true", body);

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.body()).contains("Expected");
    }

    @Test
    void shouldForgetWhatKafkaHasNoMore() throws Exception {
        // given: a topic of its own, as its beginning is cut off
        Settings own = settings(cluster);
        try (DemoPlugin demo = DemoPlugin.announce(own);
                DeadLetterLog its = new DeadLetterLog(own);
                ApiUnderTest alone = ApiUnderTest.start(own);
                Admin admin = new KafkaClients(own).admin("dead-letters-test")) {
            awaitLoaded(alone);
            String shown = its.bury(demo.topics().events(), KEY, "one", "gone");
            String sent = its.bury(demo.topics().events(), KEY, "two", "gone");
            String kept = its.bury(demo.topics().events(), KEY, "three", "gone");
            await().until(() -> ids(alone.get(LETTERS).json()).size() == 3);

            // when
            Map<TopicPartition, RecordsToDelete> beginning = new HashMap<>();
            DeadLetterId next = DeadLetterId.parse(kept);
            beginning.put(new TopicPartition(demo.topics().deadLetter(), next.partition()),
                    RecordsToDelete.beforeOffset(next.offset()));
            admin.deleteRecords(beginning).all().get();

            // then
            assertThat(alone.get(LETTERS + "/" + shown).status()).isEqualTo(404);
            JsonNode result = alone.send("POST", LETTERS + "/redrive", "", Map.of()).json();
            assertThat(result.path("count").asInt()).as(result.toString()).isEqualTo(1);
            assertThat(result.path("failures").get(0).path("id").asText()).isEqualTo(sent);
            assertThat(ids(alone.get(LETTERS).json())).containsExactly(kept);
        }
    }

    private String lane() {
        return topics.jobs("demo", Lane.LOW);
    }

    private Reply redrive(String id, String query) {
        return api.send("POST", LETTERS + "/" + id + "/redrive" + query, "", Map.of());
    }

    private Reply redriveSet(String query, String body) {
        return api.send("POST", LETTERS + "/redrive" + query, body,
                body.isEmpty() ? Map.of() : Map.of("Content-Type", "application/json"));
    }

    private void awaitListed(String reason, int count) {
        await().until(() -> listed(reason).size() == count);
    }

    private JsonNode listed(String reason) {
        return api.get(LETTERS + "?limit=500&reason=" + reason).json().path("deadLetters");
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("deadLetters").forEach(letter -> ids.add(letter.path("id").asText()));
        return ids;
    }

    /** How often the record of a dead letter stands in a topic. */
    private long sentBack(String topic, String id) {
        String of = topics.deadLetter() + "-" + id.replace("-", "@");
        return log.read(topic)
                .stream()
                .map(message -> message.headers().lastHeader("leat-redriven"))
                .filter(header -> header != null && new String(header.value(), UTF_8).equals(of))
                .count();
    }
}
