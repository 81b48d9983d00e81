package dev.leat.plugins.site.output;

/** The points between which the files of an output change. */
public enum Step {
    /** What an ended process left is deleted. */
    CLEANED,
    /** The folder of a new build is there, and empty. */
    STAGED,
    /** All files of the build are written. */
    WRITTEN,
    /** The build is complete. */
    SEALED,
    /** A rollback is noted. */
    NOTED,
    /** The new link is there, beside the old one. */
    LINKED,
    /** The new link is in place of the old one. */
    SERVED,
    /** An old build does not count any more, but is not yet deleted. */
    RETIRED
}
