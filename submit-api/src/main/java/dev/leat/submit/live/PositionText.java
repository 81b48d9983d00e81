package dev.leat.submit.live;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import dev.leat.domain.Excerpt;

/**
 * How a place in the log is written: base64url of a version, and then for each topic its name, the number of its
 * partitions, and of each partition its number and offset. Numbers are written seven bits to a byte, the lowest first.
 */
final class PositionText {

    private static final int VERSION = 1;
    private static final int MAX_LENGTH = 20_000;
    private static final int MAX_NAME = 100;
    /** Names that are written as one byte. */
    private static final String[] SHORT = {"events", "control", "pending"};

    private PositionText() {}

    static String write(LogPosition position) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(VERSION);
        new TreeMap<>(position.next()).forEach((topic, offsets) -> {
            writeName(out, topic);
            writeNumber(out, offsets.size());
            new TreeMap<>(offsets).forEach((partition, offset) -> {
                writeNumber(out, partition);
                writeNumber(out, offset);
            });
        });
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
    }

    private static void writeName(ByteArrayOutputStream out, String topic) {
        for (int i = 0; i < SHORT.length; i++) {
            if (SHORT[i].equals(topic)) {
                out.write(i);
                return;
            }
        }
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        writeNumber(out, SHORT.length + name.length);
        out.writeBytes(name);
    }

    private static void writeNumber(ByteArrayOutputStream out, long number) {
        long rest = number;
        while (rest > 0x7f) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    static LogPosition read(String text) {
        try {
            if (!text.isEmpty() && text.length() <= MAX_LENGTH) {
                return read(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)));
            }
        } catch (IllegalArgumentException | BufferUnderflowException notOurs) {
            // answered below, in our own words
        }
        throw new IllegalArgumentException(
                "Expected the id of an event of a stream, but got '" + Excerpt.of(text) + "'");
    }

    private static LogPosition read(ByteBuffer in) {
        if (in.get() != VERSION) {
            throw new IllegalArgumentException("Expected version " + VERSION);
        }
        Map<String, Map<Integer, Long>> next = new HashMap<>();
        while (in.hasRemaining()) {
            String topic = readName(in);
            Map<Integer, Long> offsets = new HashMap<>();
            for (long left = readNumber(in); left > 0; left--) {
                offsets.put(Math.toIntExact(Math.min(readNumber(in), Integer.MAX_VALUE)), readNumber(in));
            }
            next.put(topic, offsets);
        }
        return new LogPosition(next);
    }

    private static String readName(ByteBuffer in) {
        long code = readNumber(in);
        if (code < SHORT.length) {
            return SHORT[(int) code];
        }
        if (code - SHORT.length > MAX_NAME) {
            throw new IllegalArgumentException("Expected a name of at most " + MAX_NAME + " bytes");
        }
        byte[] name = new byte[(int) code - SHORT.length];
        in.get(name);
        return new String(name, StandardCharsets.UTF_8);
    }

    private static long readNumber(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
            byte next = in.get();
            number |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("Expected a number of at most 63 bits");
    }
}
