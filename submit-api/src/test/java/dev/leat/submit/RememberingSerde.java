package dev.leat.submit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.leat.schemas.Codec;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;

/** Codecs for tests of what is read: the bytes only say which of the values that were written is meant. */
public final class RememberingSerde {

    private final List<Object> written = new CopyOnWriteArrayList<>();
    private final Codecs codecs = Codecs.of(new Topics("t."), (_, value) -> {
        written.add(value);
        return Integer.toString(written.size() - 1).getBytes(UTF_8);
    }, (_, bytes) -> written.get(Integer.parseInt(new String(bytes, UTF_8))));

    public Codecs codecs() {
        return codecs;
    }

    /** A record of some topic, as a consumer gets it. */
    public static <T> ConsumerRecord<byte[], byte[]> message(Codec<T> codec, String key, T value) {
        return new ConsumerRecord<>("t.topic", 0, 0, key.getBytes(UTF_8), codec.encode("t.topic", value));
    }

    /** One that takes back what was said under the key. */
    public static ConsumerRecord<byte[], byte[]> tombstone(String key) {
        return new ConsumerRecord<>("t.topic", 0, 0, key.getBytes(UTF_8), null);
    }
}
