package dev.leat.embedded;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.leat.embedded.JournalEntry.InstanceStarted;
import dev.leat.embedded.JournalEntry.SchemaRegistered;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The steps of a second instance, one by one, against a journal that is open. */
@Tag("broker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RegistryJournalTest {

    private final SchemaRegistered theirs = new SchemaRegistered("orders", 1, 1, "\"string\"");
    private final SchemaRegistered ours = new SchemaRegistered("orders", 1, 1, "\"int\"");
    private final EmbeddedBroker broker;

    RegistryJournalTest(@TempDir Path directory) {
        broker = EmbeddedBroker.start(BrokerOptions.in(directory));
    }

    @AfterAll
    void stopBroker() {
        broker.close();
    }

    @Test
    void shouldCommitNothingOnceAnotherInstanceHasOpenedTheWriter() {
        RegistryOptions options = journalNamed("fenced");
        SchemaCatalog catalog = new SchemaCatalog();
        try (RegistryJournal journal = RegistryJournal.open(options, "ours", catalog);
                Producer<String, String> newcomer = openWriter(options)) {
            journal.catchUp();

            assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> journal.append(ours))
                    .satisfies(e -> assertThat(e.status()).isEqualTo(503));

            commit(newcomer, options, theirs);
            Awaitility.await().until(() -> catalog.schema(1).isPresent());
            assertThat(catalog.find("orders", theirs.schema())).contains(theirs);
            assertThat(catalog.find("orders", ours.schema())).isEmpty();
        }
    }

    @Test
    void shouldReadAllThatOthersWroteBeforeItDecidesAgain() {
        RegistryOptions options = journalNamed("behind");
        SchemaCatalog catalog = new SchemaCatalog();
        try (RegistryJournal journal = RegistryJournal.open(options, "ours", catalog);
                Producer<String, String> newcomer = openWriter(options)) {
            // Holding the catalog keeps the tail from applying anything.
            synchronized (catalog) {
                commit(newcomer, options, theirs);
                assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> journal.append(ours));

                assertThatExceptionOfType(RegistryException.class).isThrownBy(journal::catchUp)
                        .withMessageContaining("up to offset");
            }

            journal.catchUp();
            assertThat(catalog.schema(1)).isEqualTo(Optional.of(theirs.schema()));
        }
    }

    @Test
    void shouldLeaveTheWriterToInstanceThatAnnouncedItselfLater() {
        RegistryOptions options = journalNamed("announced");
        try (RegistryJournal journal = RegistryJournal.open(options, "ours", new SchemaCatalog());
                Producer<String, String> newcomer = openWriter(options)) {
            commit(newcomer, options, new InstanceStarted("newcomer", "http://newcomer"));
            Awaitility.await().untilAsserted(() -> assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(journal::requireServing).withMessageContaining("http://newcomer"));

            assertThatExceptionOfType(RegistryException.class).isThrownBy(journal::catchUp);

            commit(newcomer, options, theirs);
        }
    }

    private RegistryOptions journalNamed(String topic) {
        return RegistryOptions.on(broker.bootstrapServers()).withTopic(topic);
    }

    private static Producer<String, String> openWriter(RegistryOptions options) {
        var producer = new KafkaProducer<>(JournalTopic.writerConfig(options), new StringSerializer(),
                new StringSerializer());
        producer.initTransactions();
        return producer;
    }

    private static void commit(Producer<String, String> writer, RegistryOptions options, JournalEntry entry) {
        writer.beginTransaction();
        var _ = writer.send(new ProducerRecord<>(options.topic(), entry.key(), JournalCodec.encode(entry)));
        writer.commitTransaction();
    }
}
