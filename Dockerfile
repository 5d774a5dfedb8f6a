# The command line as an image: `docker build -t demarc .`, then
# `docker run --rm -v "$PWD:/work" demarc check network`.
FROM node:22-bookworm-slim AS build
WORKDIR /source
COPY . .
RUN npm ci && npm pack --pack-destination /

FROM node:22-bookworm-slim
# Git answers `--changed-since`; a directory that is mounted belongs to somebody else.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends git \
  && rm -rf /var/lib/apt/lists/* \
  && git config --system --add safe.directory '*'
COPY --from=build /demarc-*.tgz /tmp/
RUN npm install --global /tmp/demarc-*.tgz && rm /tmp/demarc-*.tgz
USER node
WORKDIR /work
ENTRYPOINT ["demarc"]
CMD ["--help"]
