package dev.leat.schemas.serde;

/** What the registry's HTTP status and the protocol's own error code mean together. */
enum RegistryStatus {
    FOUND,
    /** The registry itself says that it does not know the id, subject or schema. */
    MISSING,
    /** The registry is in trouble, or something else, such as a proxy, answers in its place. */
    TROUBLE,
    /** The registry will not do it. */
    REFUSED;

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    /**
     * Judges an answer.
     *
     * @param errorCode the {@code error_code} of the answer's body, any other number where it had none
     */
    static RegistryStatus of(int status, int errorCode) {
        if (status >= 200 && status < 300) {
            return FOUND;
        }
        if (status == 404) {
            // 40401 to 40403 is the registry speaking; a bare 404 is a proxy whose backend is away, or a wrong path.
            return errorCode / 100 == 404 ? MISSING : TROUBLE;
        }
        return status >= 500 || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS ? TROUBLE : REFUSED;
    }
}
