package dev.leat.domain;

/** Cuts foreign text to a length that fits into a message, so that garbage cannot flood a log or an answer. */
public final class Excerpt {

    private static final int LENGTH = 60;

    private Excerpt() {}

    public static String of(String text) {
        return text.length() <= LENGTH ? text : text.substring(0, LENGTH) + "…";
    }
}
