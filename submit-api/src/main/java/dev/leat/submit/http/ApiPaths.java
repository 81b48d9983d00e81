package dev.leat.submit.http;

/** Where the API's resources are. */
final class ApiPaths {

    static final String ROOT = "/api/v1";
    static final String JOBS = ROOT + "/jobs";
    static final String SCHEDULES = ROOT + "/schedules";
    static final String BATCHES = ROOT + "/batches";
    static final String OPENAPI = ROOT + "/openapi.yaml";
    static final String ASYNCAPI = ROOT + "/asyncapi.yaml";
    static final String DOCS = "/api/docs";

    private ApiPaths() {}
}
