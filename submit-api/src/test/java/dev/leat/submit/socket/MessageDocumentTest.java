package dev.leat.submit.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

/** The document by itself, and whether it has all messages that there are. */
class MessageDocumentTest {

    private final MessageDocument document = MessageDocument.load();

    @Test
    void shouldResolveEveryReference() {
        List<String> seen = new ArrayList<>();
        walk(document.root(), node -> {
            assertThat(document.resolve(node)).as(node.toString()).isNotEmpty();
            seen.add(node.toString());
        });
        assertThat(seen).hasSizeGreaterThan(40);
    }

    @Test
    void shouldGiveEachMessageAnExampleThatIsRight() {
        Stream.of("send", "receive").flatMap(action -> document.messages(action).stream()).forEach(message -> {
            assertThat(message.path("examples")).as(message.path("name").asText()).isNotEmpty();
            message.path("examples").forEach(example -> assertThat(
                    document.errors(message.path("payload"), example.path("payload").toString()))
                    .as(example.toString()).isEmpty());
        });
    }

    @Test
    void shouldUseEveryMessageThatItDefines() {
        // given
        Set<JsonNode> used = Stream.concat(document.messages("send").stream(), document.messages("receive").stream())
                .collect(Collectors.toSet());

        // when
        List<JsonNode> defined = new ArrayList<>();
        document.root().path("components").path("messages").forEach(defined::add);

        // then
        assertThat(defined).hasSize(12).allMatch(used::contains);
    }

    @Test
    void shouldHaveEachTypeThatClientsMaySend() {
        assertThat(names("receive")).isEqualTo(new TreeSet<>(ClientMessageType.wireNames()));
    }

    @Test
    void shouldHaveEachTypeThatTheServerSends() {
        // given
        JsonNode job = document.root().at("/components/messages/jobChanged/payload/properties/type/enum");
        List<String> changes = new ArrayList<>();
        job.forEach(name -> changes.add(name.asText()));

        // then
        assertThat(changes).containsExactlyInAnyOrderElementsOf(
                Arrays.stream(JobNewsType.values()).map(JobNewsType::wireName).toList());
        assertThat(names("send")).containsExactlyInAnyOrder("queue_state", "job_…", "stats_update", "cut", "ack",
                "pong",
                "error");
    }

    @Test
    void shouldRefuseFieldsThatAreNotDocumented() {
        assertThatThrownBy(() -> document.check("send", """
                {"type":"pong","requestId":"r1","more":1}""")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> document.check("receive", """
                {"type":"ping"}""")).isInstanceOf(AssertionError.class);
    }

    private Set<String> names(String action) {
        return document.messages(action).stream().map(message -> message.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void walk(JsonNode node, Consumer<JsonNode> references) {
        if (node.has("$ref")) {
            references.accept(node);
        }
        node.forEach(child -> walk(child, references));
    }
}
