-- Shared by append.lua and route.lua; put in front of both, after bytes.lua.

-- Adds a message to a mailbox within its bounds. A message whose id is there already is kept, however full the mailbox is.
-- Returns 1 when the message is in the mailbox, 0 when the mailbox is full.
local function keep(mailbox, bytes, member, max_messages, max_bytes, expiry)
    local id = string.sub(member, 1, string.find(member, ' ', 1, true) - 1)
    local messages = redis.call('ZCARD', mailbox)
    local size = 0
    if messages > 0 then
        size = noted(bytes, messages) or recount(mailbox)
    end
    if redis.call('ZLEXCOUNT', mailbox, from(id), to(id)) == 0 then
        if messages >= max_messages or size + #member > max_bytes then
            return 0
        end
        redis.call('ZADD', mailbox, 0, member)
        size = size + #member
    end
    redis.call('PEXPIRE', mailbox, expiry)
    redis.call('SET', bytes, size, 'PX', expiry)
    return 1
end
