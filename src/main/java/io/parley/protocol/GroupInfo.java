package io.parley.protocol;

/**
 * A group, as one of its members sees it in a list.
 *
 * @param id       made by the node
 * @param name     as its owner called it
 * @param owner    the user id of the only one who may change it
 * @param members  how many, the owner included
 */
public record GroupInfo(String id, String name, String owner, int members) {}
