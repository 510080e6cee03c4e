-- Shared by the scripts that change a mailbox; put in front of each of them.

-- Counts the size of a mailbox anew: the sum of its members' lengths in bytes.
local function recount(mailbox)
    local total = 0
    for _, member in ipairs(redis.call('ZRANGE', mailbox, 0, -1)) do
        total = total + #member
    end
    return total
end

-- The size as the bytes key has it, or nil when that cannot be right: it was lost, is no number, or counts less than a
-- byte a message.
local function noted(bytes, messages)
    local size = tonumber(redis.call('GET', bytes))
    if size and size >= messages then
        return size
    end
    return nil
end

-- The bounds of the members that begin with an id and a space: those of this id and no other, as "!" follows the space.
local function from(id)
    return '[' .. id .. ' '
end

local function to(id)
    return '(' .. id .. '!'
end
