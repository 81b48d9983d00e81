package dev.leat.plugins.demo.fetch;

import static dev.leat.plugins.demo.fetch.Fetching.LIMITS;
import static dev.leat.plugins.demo.fetch.Fetching.fetch;
import static dev.leat.plugins.demo.fetch.Fetching.handler;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that do not speak HTTP, or not well; {@code ~} stands for the end of a line. */
class GarbageTest {

    private static final int ROUNDS = 200;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "''|Expected a status line, but the connection ended",
            "SSH-2.0-OpenSSH_9.6~|Expected a status line of HTTP/1.1, but got 'SSH-2.0-OpenSSH_9.6'",
            "HTTP/2 200 OK~~|Expected a status line of HTTP/1.1, but got 'HTTP/2 200 OK'",
            "HTTP/1.1 20 OK~~|Expected a status line of HTTP/1.1, but got 'HTTP/1.1 20 OK'",
            "HTTP/1.1 200 OK~nonsense~~|Expected a header, but got 'nonsense'",
            "HTTP/1.1 200 OK~A: b~|Expected a header, but the connection ended",
            "HTTP/1.1 100 Continue~~|Expected a status line, but the connection ended",
            "HTTP/1.1 200 OK~Content-Length: -5~~|Expected a content length, but got '-5'",
            "HTTP/1.1 200 OK~Content-Length: 3~Content-Length: 4~~abc|Expected a content length, but got '3, 4'",
            "HTTP/1.1 200 OK~Content-Length: 10~~abc|Expected 10 bytes of body, but the connection ended after 3",
            "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~xyz~|Expected the length of a chunk, but got 'xyz'",
            "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~-3~abc~0~~|Expected the length of a chunk, but got '-3'",
            "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~3~abcd~0~~|Expected the end of a chunk, but got 'd'",
            "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~9~abc|Expected 9 bytes of body, but the connection ended after 3",
            "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~3~abc~|Expected the length of a chunk, but the connection ended",
            "HTTP/1.1 302 Found~Location: http://exa mple/~~|Expected a redirect to a URL, but got 'http://exa mple/'"})
    void shouldSayWhatIsWrong(String answer, String error) throws Exception {
        assertThat(answered(answer.replace("~", "\r\n")).error()).contains(error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"HTTP/1.1 200~~abc|3", "HTTP/1.0 200 OK~~|0",
            "HTTP/1.1 100 Continue~~HTTP/1.1 103 Early Hints~Link: a~~HTTP/1.1 200 OK~Content-Length: 2~~abc|2",
            "HTTP/1.1 204 No Content~Content-Length: 5~~|0",
            "HTTP/1.1 200 OK~transfer-ENCODING: Chunked~~A;name=value~0123456789~1~x~0~Trailer: y~~|11"})
    void shouldBearWhatIsUnusual(String answer, int size) throws Exception {
        FetchedUrl fetched = answered(answer.replace("~", "\r\n"));

        assertThat(fetched.error()).isEmpty();
        assertThat(fetched.size()).isEqualTo(size);
    }

    @Test
    void shouldCountTheBytesThatCameBeforeTheEnd() throws Exception {
        FetchedUrl fetched = answered("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");

        assertThat(fetched.status()).hasValue(200);
        assertThat(fetched.size()).isEqualTo(3);
    }

    @Test
    void shouldLeaveAHeadThatDoesNotEnd() throws Exception {
        assertThat(answered("x".repeat(1_000_000)).error().orElseThrow())
                .startsWith("Expected a status line of at most 65536 bytes, but got 'xxx").hasSizeLessThan(300);
        assertThat(answered("HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(100_000)).error().orElseThrow())
                .startsWith("Expected a header of at most");
        assertThat(answered("HTTP/1.1 100 Continue\r\n\r\n".repeat(10_000)).error().orElseThrow())
                .startsWith("Expected a");
    }

    @Test
    void shouldSurviveRandomBytes() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 7\r\n\r\n5\r\nabcde\r\n0\r\n\r\n";
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = head.getBytes(ISO_8859_1);
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            String answer = new String(bytes, ISO_8859_1);

            assertThat(answered(answer).size()).as("seed %d, round %d: %s", seed, round, answer)
                    .isLessThanOrEqualTo(LIMITS.bytes());
        }
    }

    private static FetchedUrl answered(String answer) throws Exception {
        try (ScriptedServer server = new ScriptedServer(answer)) {
            return fetch(handler(LIMITS), server.url());
        }
    }
}
