package dev.leat.plugin.test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** This module's own class path is what an author's tests get, and JUnit and AssertJ besides. */
class ClassPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"org.apache.kafka.clients.producer.Producer", "org.apache.avro.Schema",
            "io.micronaut.context.ApplicationContext", "io.netty.channel.Channel", "dev.leat.worker.Worker",
            "dev.leat.schemas.Topics"})
    void shouldBringNothingOfTheServices(String name) {
        assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    }
}
