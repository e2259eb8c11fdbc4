mod answers;
mod hearing;
mod hub;
