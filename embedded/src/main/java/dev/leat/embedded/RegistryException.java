package dev.leat.embedded;

/** An answer other than success, in the protocol's terms. */
final class RegistryException extends RuntimeException {

    private final int status;
    private final int code;

    /**
     * A refusal.
     *
     * @param status of HTTP
     * @param code the protocol's finer error code, or the status again
     * @param message for people
     */
    RegistryException(int status, int code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    static RegistryException subjectNotFound(String subject) {
        return new RegistryException(404, 40401, "Subject '%s' not found.".formatted(subject));
    }

    static RegistryException versionNotFound(String version) {
        return new RegistryException(404, 40402, "Version %s not found.".formatted(version));
    }

    static RegistryException schemaNotFound(String what) {
        return new RegistryException(404, 40403, "Schema %s not found.".formatted(what));
    }

    static RegistryException noLevelOfItsOwn(String subject) {
        return new RegistryException(404, 40408,
                "Subject '%s' has no compatibility level of its own.".formatted(subject));
    }

    static RegistryException invalidSchema(String why) {
        return new RegistryException(422, 42201, "Invalid schema: " + why);
    }

    static RegistryException invalidVersion(String version) {
        return new RegistryException(422, 42202,
                "Expected a version from 1 to 2^31-1 or \"latest\", but it is '%s'.".formatted(version));
    }

    static RegistryException invalidLevel(String level) {
        return new RegistryException(422, 42203, "Expected a compatibility level of NONE, BACKWARD, FORWARD, FULL, "
                + "BACKWARD_TRANSITIVE, FORWARD_TRANSITIVE or FULL_TRANSITIVE, but it is '%s'.".formatted(level));
    }

    static RegistryException badRequest(String why) {
        return new RegistryException(400, 400, why);
    }

    static RegistryException unavailable(String why) {
        return new RegistryException(503, 50301, why);
    }
}
