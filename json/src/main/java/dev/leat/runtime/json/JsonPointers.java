package dev.leat.runtime.json;

/** JSON Pointers (RFC 6901) as text. */
final class JsonPointers {

    private static final int MAX_NAME = 200;

    private JsonPointers() {}

    /** The pointer to a field of the object that the first pointer names; an absurdly long name is cut. */
    static String child(String parent, String name) {
        return parent + "/" + JsonExcerpt.cut(name, MAX_NAME).replace("~", "~0").replace("/", "~1");
    }
}
