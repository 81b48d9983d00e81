package dev.leat.domain.batch;

import java.util.Optional;

/** What is stored of the operations of one batch. */
public interface BatchMembers {

    /** What was asked for; empty where it has been dropped, or cannot be read. */
    Optional<Operation> operation(int index);

    /** The operation once it has been released; empty before. */
    Optional<BatchMember> member(int index);

    /** The operation that completed when so many had completed before it. */
    Optional<BatchMember> completed(int sequence);

    /** The first operation from this index on that has been released and has not ended. */
    Optional<BatchMember> openFrom(int index);
}
