-- Deletes exactly the messages with the given ids. Never a range over several: a smaller id may have been appended after a
-- larger one was read.
local mailbox = KEYS[1] -- sorted set: the account's waiting messages
local bytes = KEYS[2]   -- string: the size of the mailbox in bytes

-- ARGV: the message ids; those that are not there are no error

-- Returns how many were deleted.
local freed = 0
local removed = 0
for _, id in ipairs(ARGV) do
    for _, member in ipairs(redis.call('ZRANGEBYLEX', mailbox, from(id), to(id))) do
        redis.call('ZREM', mailbox, member)
        freed = freed + #member
        removed = removed + 1
    end
end

local messages = redis.call('ZCARD', mailbox)
if messages == 0 then
    redis.call('DEL', bytes)
elseif removed > 0 then
    local size = noted(bytes, messages)
    if size and size - freed >= messages then
        redis.call('SET', bytes, size - freed, 'KEEPTTL')
    else
        redis.call('SET', bytes, recount(mailbox))
        local life = redis.call('PTTL', mailbox)
        if life > 0 then
            redis.call('PEXPIRE', bytes, life)
        end
    end
end
return removed
