package dev.leat.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class SseParserTest {

    private final SseParser parser = new SseParser();

    private List<ServerSentEvent> events(String stream) {
        return stream.lines().map(parser::accept).flatMap(Optional::stream).toList();
    }

    @Test
    void shouldMakeAnEventOfTheLinesBeforeAnEmptyOne() {
        assertThat(events("""
                retry: 250
                event: progress
                id: 3-17
                data: {"percent":
                data: 40}

                : heartbeat

                data:bare

                """)).containsExactly(new ServerSentEvent("progress", "3-17", "{\"percent\":\n40}"),
                new ServerSentEvent("message", "3-17", "bare"));
        assertThat(parser.retry()).isEqualTo(Duration.ofMillis(250));
        assertThat(parser.lastId()).isEqualTo("3-17");
    }

    @Test
    void shouldForgetWhatWasHalfReadWhenTheConnectionBroke() {
        events("""
                event: failed
                id: 9
                data: lost""");
        parser.reconnected();

        assertThat(events("""
                data: whole

                """)).containsExactly(new ServerSentEvent("message", "", "whole"));
    }

    @Test
    void shouldPassOverEventsWithoutDataAndFieldsThatDoNotExist() {
        assertThat(events("""
                event: empty
                colour: blue
                retry: soon

                """)).isEmpty();
        assertThat(parser.retry()).isEqualTo(Duration.ofSeconds(1));
    }
}
