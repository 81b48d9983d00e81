package dev.leat.projector.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.domain.Lane;
import dev.leat.projector.watch.LaneDirectory.Lookup;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.settings.OptionCatalog;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Topics;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Timeout(120)
class LaneWatchTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Topics topics;
    private final String lane;
    private final Admin admin;
    private final LaneWatch watch;

    LaneWatchTest(KafkaCluster cluster) {
        topics = new Topics(cluster.newPrefix());
        lane = topics.jobs("late", Lane.LOW);
        admin = new KafkaClients(Settings.of(OptionCatalog.of(ServiceOptions.class),
                Map.of("leat.bootstrap.servers", cluster.bootstrapServers()))).admin("test");
        watch = new LaneWatch(admin, topics, 1, Duration.ofSeconds(2));
    }

    @AfterEach
    void close() {
        watch.close();
        admin.close(Duration.ofSeconds(2));
    }

    private void make(NewTopic topic) throws Exception {
        admin.createTopics(List.of(topic)).all().get();
    }

    @Test
    void shouldWaitForLaneThatIsNeededAndGiveItUpAfterThat() {
        watch.start();
        assertThat(watch.find(lane)).isInstanceOf(Lookup.Awaited.class);

        await().atMost(SOON).until(() -> watch.find(lane) instanceof Lookup.Missing);
    }

    @Test
    void shouldFindLaneThatComesLateWithWhatItTakes() throws Exception {
        watch.start();
        await().atMost(SOON).until(() -> watch.find(lane) instanceof Lookup.Missing);

        make(new NewTopic(lane, Optional.of(1), Optional.empty()).configs(Map.of("max.message.bytes", "2000000")));
        make(new NewTopic(topics.jobs("late", Lane.HIGH), Optional.of(1), Optional.empty()));

        await().atMost(SOON).until(() -> watch.find(lane).equals(new Lookup.Present(2_000_000)));
        await().atMost(SOON)
                .until(() -> watch.find(topics.jobs("late", Lane.HIGH)).equals(new Lookup.Present(1_048_588)));
    }

    @Test
    void shouldNoticeThatLaneIsGone() throws Exception {
        make(new NewTopic(lane, Optional.of(1), Optional.empty()));
        watch.start();
        await().atMost(SOON).until(() -> watch.find(lane) instanceof Lookup.Present);

        admin.deleteTopics(List.of(lane)).all().get();

        await().atMost(SOON).until(() -> !(watch.find(lane) instanceof Lookup.Present));
    }

    @Test
    void shouldTakeLaneWithOtherPartitionsForMissing() throws Exception {
        make(new NewTopic(lane, Optional.of(2), Optional.empty()));
        make(new NewTopic(topics.jobs("late", Lane.HIGH), Optional.of(1), Optional.empty()));
        watch.start();
        await().atMost(SOON).until(() -> watch.find(topics.jobs("late", Lane.HIGH)) instanceof Lookup.Present);

        await().atMost(SOON).until(() -> watch.find(lane) instanceof Lookup.Missing);
    }

    @Test
    void shouldGiveUpNoLaneBeforeKafkaHasAnswered() {
        LaneWatch impatient = new LaneWatch(admin, topics, 1, Duration.ZERO);

        assertThat(impatient.find(lane)).isInstanceOf(Lookup.Awaited.class);
    }
}
