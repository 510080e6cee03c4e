-- Removes the location of a session that ends, unless another session has claimed it since.
local location = KEYS[1] -- string: "ADDRESS SESSION" of the session that the account is connected with

local mine = ARGV[1]     -- string: "ADDRESS SESSION" of the session that releases

-- Returns 1 if it was removed, 0 if it was absent or another's.
if redis.call('GET', location) == mine then
    return redis.call('DEL', location)
end
return 0
