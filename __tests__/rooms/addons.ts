import { describeRoom } from "../support/jest/describe-room";

describeRoom("addons");
