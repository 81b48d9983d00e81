package dev.leat.plugins.exec;

/** Where characters begin and end in UTF-8, so that a limit in bytes need not cut one in two. */
final class Utf8 {

    private Utf8() {}

    /** The end of the last character that is whole, where the bytes stop at {@code end}. */
    static int endOfWholeCharacters(byte[] bytes, int end) {
        int lead = end - 1;
        while (lead >= 0 && end - lead < 4 && continues(bytes[lead])) {
            lead--;
        }
        return lead >= 0 && end - lead < length(bytes[lead]) ? lead : end;
    }

    /** The beginning of the first character that is whole, where the bytes set in at {@code begin}. */
    static int beginOfWholeCharacters(byte[] bytes, int begin) {
        int lead = begin;
        while (lead < bytes.length && lead - begin < 3 && continues(bytes[lead])) {
            lead++;
        }
        return lead;
    }

    private static boolean continues(byte value) {
        return (value & 0xC0) == 0x80;
    }

    private static int length(byte lead) {
        if ((lead & 0xE0) == 0xC0) {
            return 2;
        }
        if ((lead & 0xF0) == 0xE0) {
            return 3;
        }
        return (lead & 0xF8) == 0xF0 ? 4 : 1;
    }
}
