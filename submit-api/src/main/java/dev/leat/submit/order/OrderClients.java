package dev.leat.submit.order;

import java.time.Duration;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;

import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.kafka.ProducerProfile;

/**
 * The Kafka clients of {@link BatchOrders}.
 *
 * @param group of all instances of the API
 */
public record OrderClients(KafkaClients clients, String group) implements BatchOrders.Clients {

    private static final Duration LINGER = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);
    /** Each may be as long as a record, and is a batch in memory while it is carried out. */
    private static final int FEW = 10;

    @Override
    public Consumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = clients.consumerProperties("api-batch-orders");
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION_TIMEOUT.toMillis());
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, FEW);
        return new KafkaConsumer<>(properties);
    }

    @Override
    public Producer<byte[], byte[]> producer() {
        return clients.transactionalProducer(new ProducerProfile("api-batch-orders", LINGER, PATIENCE));
    }
}
